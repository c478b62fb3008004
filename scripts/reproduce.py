"Run the paper's notebooks top to bottom and gather what they make: tables, weights, animations."
import argparse, os, shutil, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = ['41_train_mse', '42_train_perceptual', '43_compare', '44_2d_vs_3d', '45_claims']
PAPER = ['46_paper_scale']  # a run of its own, in a folder of its own


def printed(output):
    "What a cell's output says on a terminal"
    if output.output_type == 'stream': return output.text if output.name == 'stdout' else ''
    text = str(output.get('data', {}).get('text/markdown', ''))
    return text and text + '\n'


def heading(cell):
    "The headings of a markdown cell"
    return [line for line in cell.source.splitlines() if line.startswith('#')] if cell.cell_type == 'markdown' else []


def run_notebook(name, out, env):
    "Execute a notebook into `out`, printing what its cells print as they do"
    import nbformat
    from nbclient import NotebookClient

    def begin(cell, cell_index):
        if lines := heading(cell): print(f'\n{lines[0]}', flush=True)

    def end(cell, cell_index, **_):
        for output in cell.get('outputs', []): print(printed(output), end='', flush=True)

    notebook = nbformat.read(ROOT / 'nbs' / f'{name}.ipynb', as_version=4)
    there, quiet = {'metadata': {'path': str(ROOT / 'nbs')}}, ['--IPKernelApp.log_level=40']
    client = NotebookClient(notebook, timeout=None, kernel_name='python3', extra_arguments=quiet, resources=there,
                            on_cell_start=begin, on_cell_executed=end)
    try: client.execute(env=env)
    finally: nbformat.write(notebook, out / f'{name}.ipynb')


def keep(paths, notebooks):
    "Store what a run has made in the repository"
    folders = {'.gif': 'volume_animations', '.json': 'nbs/results', **({'.ipynb': 'nbs'} if notebooks else {})}
    for path in paths:
        if path.suffix in folders and (path.suffix != '.json' or path.stem.endswith('_results')):
            folder = ROOT / folders[path.suffix]
            folder.mkdir(exist_ok=True)
            shutil.copy2(path, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', default='phantoms', help="'phantoms', a folder in $MRI_SUPERRES_DATA, or any folder of scans")
    parser.add_argument('--budget', type=float, default=0.1, help='share of the full number of training updates; 1 is the full study')
    parser.add_argument('--paper', action='store_true', help="the paper at its scale instead, in OUT/paper_scale: its own network, blocks and both losses; "
                        'made for a GPU, and continues where it was interrupted')
    parser.add_argument('--minutes', type=float, help='with --paper: of training with mean squared error; perceptual loss gets as many updates')
    parser.add_argument('--out', default=str(ROOT / 'reproduced'), help='where results go')
    parser.add_argument('--keep', action='store_true', help='also store results and animations in the repository, and the notebooks of the phantom run')
    args = parser.parse_args()
    out = Path(args.out).resolve() / ('paper_scale' if args.paper else '')
    out.mkdir(parents=True, exist_ok=True)
    began, started = time.time(), time.perf_counter()
    data = str(Path(args.data).resolve()) if Path(args.data).is_dir() else args.data
    asked = {'RUN_ON': data, 'OUT': out, 'BUDGET': args.budget, 'MINUTES': args.minutes or 10}
    env = {**os.environ, **{f'MRI_SUPERRES_{name}': str(value) for name, value in asked.items()}, 'PYTHONWARNINGS': 'ignore'}
    for name in PAPER if args.paper else RUNS:
        print(f'\n===== {name} ({(time.perf_counter() - started) / 60:.1f} minutes so far)', flush=True)
        run_notebook(name, out, env)
    made = sorted(path for path in out.iterdir() if path.is_file() and path.stat().st_mtime >= began - 1)
    if args.keep: keep(made, notebooks=data == 'phantoms')
    print(f'\nDone in {(time.perf_counter() - started) / 60:.1f} minutes. In {os.path.relpath(out)}/:')
    for path in made: print(f'  {path.name:32} {path.stat().st_size / 1e6:6.2f} MB')


if __name__ == '__main__': main()
