"Run the benchmarks' notebook in full, or parts of it, and store what it found: nbs/results/benchmarks_*.json, and the notebook with its tables."
import argparse, os, shutil, tempfile, time
from pathlib import Path

from nbdev.clean import nbdev_clean
from reproduce import ROOT, run_notebook

NAME = '62_benchmarks'
PARTS = ('loader', 'step', 'inference', 'io', 'import', 'scaling')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('parts', nargs='*', metavar='PART', help=f"parts to run, out of {', '.join(PARTS)}; left out: all. What is stored of the others is kept")
    args = parser.parse_args()
    unknown = set(args.parts) - set(PARTS)
    if unknown: parser.error(f"expected parts out of {', '.join(PARTS)}; got {', '.join(sorted(unknown))}")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, 'MRI_SUPERRES_BENCH': ','.join(args.parts) or 'full', 'PYTHONWARNINGS': 'ignore', 'KINETO_LOG_LEVEL': '99'}
        run_notebook(NAME, Path(folder), env)
        nbdev_clean(str(Path(folder) / f'{NAME}.ipynb'))
        shutil.copy2(Path(folder) / f'{NAME}.ipynb', ROOT / 'nbs')
    print(f"\nDone in {(time.perf_counter() - started) / 60:.1f} minutes. The README's table comes from nbs/index.ipynb: run that, then make readme.")


if __name__ == '__main__': main()
