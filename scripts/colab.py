"Begin the paper's notebooks with a badge that opens them in Colab, and a cell that installs what is missing."
import json

from readme import ROOT

PAPER = '4[1-6]_*.ipynb', '6[01]_*.ipynb'
USER, NAME = 'jamesgolden1', 'mri_super_resolution'
COLAB = 'https://colab.research.google.com'
BADGE = f'[![Open in Colab]({COLAB}/assets/colab-badge.svg)]({COLAB}/github/{USER}/{NAME}/blob/main/nbs/{{notebook}})'
INSTALL = f'''#| hide
# Where the package is missing, as on Colab: fetch the repository, install it, and work beside the notebooks
from importlib.util import find_spec
from pathlib import Path

if find_spec('mri_superres') is None:
    !git clone -q --depth 1 https://github.com/{USER}/{NAME}
    %pip install -q ./{NAME}
if Path('{NAME}/nbs').is_dir():
    %cd -q {NAME}/nbs'''


def first_cells(notebook):
    "The two cells, for the notebook of that name"
    plain = dict(metadata={}, execution_count=None, outputs=[])
    return [dict(cell_type='markdown', id='colabbadge', metadata={}, source=[BADGE.format(notebook=notebook)]),
            dict(cell_type='code', id='colabsetup', **plain, source=INSTALL.splitlines(keepends=True))]


def with_first_cells(cells, notebook):
    "The cells of a notebook with these two, and no older ones, after its title"
    ours = first_cells(notebook)
    title, *rest = (c for c in cells if c.get('id') not in [o['id'] for o in ours])
    return [title, *ours, *rest]


if __name__ == '__main__':
    for path in sorted(p for pattern in PAPER for p in (ROOT / 'nbs').glob(pattern)):
        notebook = json.loads(path.read_text(encoding='utf-8'))
        notebook['cells'] = with_first_cells(notebook['cells'], path.name)
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + '\n', encoding='utf-8')
