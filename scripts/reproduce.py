"Run the paper's notebooks top to bottom and gather what they make: tables, weights, animations."
import argparse, os, re, shutil, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAPER = ['46_paper_scale', '45_claims']
RUNS = ['41_train_mse', '42_train_perceptual', '43_compare', '44_2d_vs_3d', '45_claims']


def printed(output):
    "What a cell's output says on a terminal"
    if output.output_type == 'stream': return output.text if output.name == 'stdout' else ''
    text = str(output.get('data', {}).get('text/markdown', ''))
    if '<table' in text: # fastai's table of epochs
        rows = [re.findall(r'<t[hd][^>]*>(.*?)</t[hd]>', row, re.S) for row in re.findall(r'<tr.*?</tr>', text, re.S)]
        return '\n'.join('  '.join(f'{cell.strip():>11}' for cell in row) for row in rows) + '\n'
    return text and text + '\n'


def run_notebook(name, out, env):
    "Execute a notebook into `out`, printing what its cells print as they do"
    import nbformat
    from nbclient import NotebookClient
    notebook = nbformat.read(ROOT / 'nbs' / f'{name}.ipynb', as_version=4)
    heading = lambda cell: [l for l in cell.source.splitlines() if l.startswith('#')][:1]
    def show(cell, cell_index, **_):
        if cell.cell_type == 'markdown' and heading(cell): print(f'\n{heading(cell)[0]}', flush=True)
        for output in cell.get('outputs', []): print(printed(output), end='', flush=True)
    def before(cell, cell_index, **_):
        if cell.cell_type == 'markdown': show(cell, cell_index)
    client = NotebookClient(notebook, timeout=None, kernel_name='python3', extra_arguments=['--IPKernelApp.log_level=40'], resources={'metadata': {'path': str(ROOT / 'nbs')}},
                            on_cell_start=before, on_cell_executed=lambda cell, cell_index, **_: show(cell, cell_index))
    try: client.execute(env=env)
    finally: nbformat.write(notebook, out / f'{name}.ipynb')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', default='phantoms', help="'phantoms', a folder in $MRI_SUPERRES_DATA, or any folder of scans")
    parser.add_argument('--budget', type=float, default=0.1, help='share of the full number of training updates; 1 is the full study')
    parser.add_argument('--paper', action='store_true', help="the paper at its scale instead: its own network, blocks and both losses; made for a GPU, and goes on where it was interrupted")
    parser.add_argument('--minutes', type=float, default=10, help='with --paper: of training with mean squared error; perceptual loss gets as many updates')
    parser.add_argument('--out', default=str(ROOT / 'reproduced'), help='where results go')
    parser.add_argument('--keep', action='store_true', help='also store results and animations in the repository, and the notebooks of the phantom run')
    args = parser.parse_args()
    out = Path(args.out).resolve(); out.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    data = str(Path(args.data).resolve()) if Path(args.data).is_dir() else args.data
    env = {**os.environ, 'MRI_SUPERRES_RUN_ON': data, 'MRI_SUPERRES_OUT': str(out), 'MRI_SUPERRES_BUDGET': str(args.budget), 'PYTHONWARNINGS': 'ignore', **({'MRI_SUPERRES_MINUTES': str(args.minutes)} if args.paper else {})}
    for name in PAPER if args.paper else RUNS:
        print(f'\n===== {name} ({(time.perf_counter() - started) / 60:.1f} minutes so far)', flush=True)
        run_notebook(name, out, env)
        if args.keep and data == 'phantoms': shutil.copy2(out / f'{name}.ipynb', ROOT / 'nbs')
    if args.keep:
        (ROOT / 'nbs/results').mkdir(exist_ok=True)
        for path in out.iterdir():
            if path.suffix == '.gif': shutil.copy2(path, ROOT / 'volume_animations')
            if path.name.endswith('_results.json'): shutil.copy2(path, ROOT / 'nbs/results')
    print(f'\nDone in {(time.perf_counter() - started) / 60:.1f} minutes. In {os.path.relpath(out)}/:')
    for path in sorted(out.iterdir()): print(f'  {path.name:32} {path.stat().st_size / 1e6:6.2f} MB')


if __name__ == '__main__': main()
