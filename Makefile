# make reproduce: the paper on phantoms, from nothing but Python.   make test: every notebook as a test.   make docs: the site.
# make bench: side by side with what else there is (installs MONAI and TorchIO; an idle machine, please; PARTS="io step" runs some).
# make paper: the paper's own network at its scale, MINUTES=10 a network or more, for a GPU; repeat it after an interruption.
# Options: PYTHON=python3.12, FLAGS="slow gpu" (cells that are left out otherwise), NOTEBOOKS="00_files 01_volume" (of
# make test; left out: all), DATA=oasis19 or any folder of scans,
# BUDGET=1 (the full study; the default is a part of its training, for minutes),
# TORCH=cpu (a set-up without CUDA, 0.7 GB to download instead of 3.4).
PYTHON ?= python3
BIN := .venv/bin
FLAGS ?=
NOTEBOOKS ?=
DATA ?= phantoms
BUDGET ?= 0.35
TORCH ?= cuda

.PHONY: reproduce paper test bench docs readme export house clean

MINUTES ?= 10
paper: .venv/ready
	@$(BIN)/python scripts/reproduce.py --paper --data "$(DATA)" --minutes $(MINUTES)

reproduce: .venv/ready
	@$(BIN)/python scripts/reproduce.py --data "$(DATA)" --budget $(BUDGET)

test: .venv/ready
	@$(BIN)/python scripts/test.py $(NOTEBOOKS) --flags "$(FLAGS)"

bench: .venv/ready-bench
	@$(BIN)/python scripts/bench.py $(PARTS)

docs: .venv/ready-docs
	@$(BIN)/python scripts/pages.py

readme: .venv/ready
	@$(BIN)/python scripts/readme.py

# what is written from notebooks: the library, its stub, the notebooks without what nobody reads, README
export: .venv/ready
	@$(BIN)/python -c 'from nbdev.doclinks import nbdev_export; nbdev_export()'
	@$(BIN)/python scripts/colab.py
	@$(BIN)/python -c 'from nbdev.clean import nbdev_clean; nbdev_clean()'
	@$(BIN)/python scripts/outputs.py
	@$(BIN)/python scripts/stub.py
	@$(BIN)/python scripts/weights.py
	@$(BIN)/python scripts/readme.py

# how the code measures up, and where a rule of the house is broken
house: .venv/ready
	@$(BIN)/python scripts/house.py -v

.venv/ready: settings.ini setup.py pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 10) else f"Expected Python 3.10 or newer; {sys.executable} is {v[0]}.{v[1]}. Choose another: make PYTHON=python3.12")'
	@$(PYTHON) scripts/install.py dev --torch $(TORCH)
	@touch $@

.venv/ready-docs: .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

.venv/ready-bench: .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@

# reproduced/ stays: trained weights and checkpoints lie there
clean:
	rm -rf .venv _docs build *.egg-info
