"Run every notebook as a test, and check that what is written from notebooks still equals what they say."
import argparse, difflib, shutil, subprocess, sys, tempfile, time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from nbdev.config import get_config
from nbdev.test import test_nb

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ('nbs', 'mri_superres', 'README.md')  # what nbdev_export, nbdev_clean and readme.py write


def quiet():
    "No windows and no warnings in the worker that runs the notebooks; it keeps its imports from one to the next"
    import warnings
    import matplotlib
    matplotlib.use('agg'); warnings.simplefilter('ignore')


def out_of_sync():
    "The files that exporting and cleaning the notebooks and writing the README would change, with what would change"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ROOT.name
        for name in ('settings.ini', 'pyproject.toml', 'setup.py', 'scripts', *WRITTEN):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, _in(copy, name))
        for command in (['-m', 'nbdev.export'], ['-m', 'nbdev.clean'], ['scripts/readme.py']):
            done = subprocess.run([sys.executable, *_nbdev(command)], cwd=copy, capture_output=True, text=True)
            if done.returncode: yield command[-1], done.stderr[-500:]
        for name in WRITTEN:
            for new in [copy / name] if (copy / name).is_file() else sorted((copy / name).rglob('*')):
                old = ROOT / new.relative_to(copy)
                if new.suffix in ('.py', '.ipynb', '.md') and (not old.exists() or old.read_text() != new.read_text()):
                    before = old.read_text().splitlines() if old.exists() else []
                    diff = difflib.unified_diff(before, new.read_text().splitlines(), 'committed', 'from notebooks', n=0)
                    yield old.relative_to(ROOT), '\n'.join(list(diff)[:12])


def _in(copy, name):
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    return copy / name


def _nbdev(command):
    "nbdev's commands as Python, so that they run in this environment whatever PATH says"
    names = {'nbdev.export': 'from nbdev.doclinks import nbdev_export; nbdev_export()',
             'nbdev.clean': 'from nbdev.clean import nbdev_clean; nbdev_clean()'}
    return ['-c', names[command[1]]] if command[0] == '-m' else command


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('notebooks', nargs='*', help='names such as 00_volume; all when none is given')
    parser.add_argument('--flags', default='', help="cells to run that are left out otherwise: 'slow', 'gpu' or both")
    args = parser.parse_args()
    paths = sorted(p for p in (ROOT / 'nbs').glob('*.ipynb') if not args.notebooks or p.stem in args.notebooks)
    passed = failed = 0
    started = time.perf_counter()
    flags = dict(skip_flags=get_config().tst_flags.split(), force_flags=args.flags.split(), basepath=ROOT)
    with ProcessPoolExecutor(1, initializer=quiet) as pool:
        for path in paths:
            ok, seconds = pool.submit(test_nb, path, **flags).result()
            passed, failed = passed + ok, failed + (not ok)
            print(f"{'ok    ' if ok else 'FAILED'} {path.name:28} {seconds:6.1f} s", flush=True)
    changes = list(out_of_sync())
    for name, diff in changes:
        print(f'FAILED {name} is not what its notebook says: run nbdev_export, nbdev_clean and make readme\n{diff}')
    if not changes: print('ok     library, notebooks and README are in sync')
    passed, failed = passed + (not changes), failed + bool(changes)
    print(f'in {time.perf_counter() - started:.0f} s')
    print(f'{passed} passed, {failed} failed', flush=True)
    sys.exit(bool(failed) or not passed)


if __name__ == '__main__': main()
