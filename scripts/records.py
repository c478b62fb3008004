"Check that what notebooks and README show is what nbs/results holds: a stored output is a record."
import json
from pathlib import Path

import weights
from readme import ROOT, readme

RESULTS = ROOT / 'nbs/results'


def shown(name):
    "All text and markdown that the outputs of a notebook hold"
    cells = json.loads((ROOT / 'nbs' / f'{name}.ipynb').read_text(encoding='utf-8'))['cells']
    outputs = [o for c in cells for o in c.get('outputs', [])]
    texts = [''.join(o.get('text', '')) + ''.join(o.get('data', {}).get('text/markdown', '')) for o in outputs]
    return '\n'.join(texts)


def stale_claims():
    "The tables of claims whose results hold another one than is shown"
    text = shown('45_claims')
    for path in sorted(RESULTS.glob('claims_*_results.json')):
        table = json.loads(path.read_text(encoding='utf-8'))['table']
        if table not in text: yield f'{path.name}: its table is not the one that nbs/45_claims.ipynb shows'


def stale_benchmarks():
    "Ratios of the benchmarks that their notebook does not show, and files that mix machines"
    text = shown('62_benchmarks')
    for path in sorted(RESULTS.glob('benchmarks_*.json')):
        parts = json.loads(path.read_text(encoding='utf-8'))
        machines = {(p['machine']['cpu'], p['machine'].get('isa'), p['machine']['gpu']) for p in parts.values()}
        if len(machines) != 1: yield f'{path.name}: figures of {len(machines)} machines in one file'
        for row in (r for p in parts.values() for r in p['rows'] if r.get('ratio') and r.get('low') is not None):
            ratio = f"{row['ratio']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
            if f"| {row['figure']} " not in text or ratio not in text: yield f"{path.name}: {row['figure']}: {ratio} is not shown in nbs/62_benchmarks.ipynb"


def stale_readme():
    "Is README.md what the index shows, and the index what it makes of the results today?"
    from execnb.nbio import read_nb
    from execnb.shell import CaptureShell
    from fastcore.xtras import working_directory
    notebook = read_nb(ROOT / 'nbs/index.ipynb')
    with working_directory(ROOT / 'nbs'): CaptureShell().run_all(notebook, exc_stop=True)
    if readme(notebook.cells) != readme(): yield 'nbs/index.ipynb: its stored tables are not those of nbs/results: run it again, then make readme'


def stale():
    "A line for each record that is not what it comes from"
    yield from stale_claims()
    yield from stale_benchmarks()
    yield from weights.stale()
    yield from stale_readme()


if __name__ == '__main__':
    found = list(stale())
    print('\n'.join(found) or 'all stored tables are those of their results')
    raise SystemExit(bool(found))
