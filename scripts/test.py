"Run every notebook as a test, and check that what is written from notebooks still equals what they say."
import argparse, difflib, json, os, shutil, subprocess, sys, tempfile, time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import house, outputs, paste, records
from nbdev.config import get_config
from nbdev.test import test_nb

ROOT = Path(__file__).resolve().parents[1]
TIMES = ROOT / '.venv/notebook_times.json'  # of the last run here: only to begin with the longest
START = 'fork' if sys.platform == 'linux' else 'spawn'  # how processes start where nothing is said, on Python before 3.14
WRITTEN = ('nbs', 'mri_superres', 'README.md')
WRITERS = {'nbdev_export': ['-c', 'from nbdev.doclinks import nbdev_export; nbdev_export()'],  # what writes them, as arguments of this Python, whatever PATH says
           'scripts/colab.py': ['scripts/colab.py'], 'nbdev_clean': ['-c', 'from nbdev.clean import nbdev_clean; nbdev_clean()'],
           'make readme': ['scripts/readme.py'], 'the stub': ['scripts/stub.py']}


def quiet():
    "No windows and no warnings in a worker that runs notebooks; it keeps its imports from one to the next"
    import multiprocessing, warnings
    import matplotlib
    matplotlib.use('agg'); warnings.simplefilter('ignore')
    multiprocessing.set_start_method(START, force=True)  # a spawned worker would hand on how it was started


def out_of_sync():
    "A line for each file that exporting and cleaning the notebooks and writing the README would change, with the change"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ROOT.name
        for name in ('settings.ini', 'pyproject.toml', 'setup.py', 'scripts', *WRITTEN):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, _in(copy, name))
        for name, argv in WRITERS.items():
            done = subprocess.run([sys.executable, *argv], cwd=copy, capture_output=True, text=True)
            if done.returncode: yield f'{name}: {done.stderr[-500:]}'
        for name in WRITTEN:
            for new in [copy / name] if (copy / name).is_file() else sorted((copy / name).rglob('*')):
                old = ROOT / new.relative_to(copy)
                if new.suffix not in ('.py', '.pyi', '.ipynb', '.md'): continue
                before = old.read_text(encoding='utf-8').splitlines() if old.exists() else []
                diff = difflib.unified_diff(before, new.read_text(encoding='utf-8').splitlines(), 'committed', 'from notebooks', n=0)
                changes = '\n'.join(list(diff)[:12])
                if changes: yield f'{old.relative_to(ROOT)} is not what its notebook says: run make export\n{changes}'


def _in(copy, name):
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    return copy / name


def last_times():
    "{notebook: seconds of the last run}, {} where there is none"
    try: return json.loads(TIMES.read_text(encoding='utf-8'))
    except (OSError, ValueError): return {}


def shared_cores(workers):
    "So many threads for each worker that they do not wait for each other; to be set before a worker imports numpy or torch"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count() or 1
    for name in ('OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'): os.environ.setdefault(name, str(max(1, cores // workers)))
    os.environ.setdefault('OMP_WAIT_POLICY', 'passive')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('notebooks', nargs='*', help='names such as 01_volume; all when none is given')
    parser.add_argument('--flags', default='', help="cells to run that are left out otherwise: 'slow', 'gpu' or both")
    parser.add_argument('--workers', type=int, default=min(2, os.cpu_count() or 1), help='notebooks that run at the same time')
    parser.add_argument('--notebooks-only', action='store_true', help='leave out the checks of exports, style and records')
    parser.add_argument('--times', metavar='FILE', help='also write the seconds of each notebook and of the whole, as JSON')
    args = parser.parse_args()
    unknown = set(args.notebooks) - {p.stem for p in (ROOT / 'nbs').glob('*.ipynb')}
    if unknown: parser.error(f'no such notebook: {", ".join(sorted(unknown))}')
    shared_cores(args.workers)
    paths = sorted(p for p in (ROOT / 'nbs').glob('*.ipynb') if not args.notebooks or p.stem in args.notebooks)
    passed = failed = 0
    started = time.perf_counter()
    flags = dict(skip_flags=get_config().tst_flags.split(), force_flags=args.flags.split(), basepath=ROOT)
    known, times = last_times(), {}
    paths.sort(key=lambda p: -known.get(p.stem, 30)) # the longest first, so that no worker is left alone with one at the end
    with ProcessPoolExecutor(args.workers, mp_context=get_context('spawn'), initializer=quiet) as pool:
        waiting = {pool.submit(test_nb, path, **flags): path for path in paths}
        for done in as_completed(waiting):
            path = waiting[done]
            try: ok, seconds = done.result()
            except Exception as e: ok, seconds = False, 0.; print(f'{path.name}: its process ended: {e}') # perhaps for want of memory
            passed, failed, times[path.stem] = passed + ok, failed + (not ok), round(seconds, 1)
            print(f"{'ok    ' if ok else 'FAILED'} {path.name:28} {seconds:6.1f} s", flush=True)
    if not args.flags: TIMES.parent.mkdir(exist_ok=True); TIMES.write_text(json.dumps(known | times, indent=1), encoding='utf-8')
    checks = {
        'library, notebooks and README are in sync': out_of_sync,
        'the rules of the house hold': house.broken_rules,
        'stored tables are those of their results': records.stale,
        'stored outputs speak of no machine': outputs.foreign,
        'README is short': paste.too_long,
    }
    if 'paste' in args.flags.split(): checks['README and the guides can be pasted'] = paste.failures
    if args.notebooks_only: checks = {}
    for what, check in checks.items():
        found = list(check())
        for line in found: print('FAILED', line)
        if not found: print('ok    ', what)
        passed, failed = passed + (not found), failed + bool(found)
    whole = round(time.perf_counter() - started, 1)
    if args.times: Path(args.times).write_text(json.dumps(dict(flags=args.flags, workers=args.workers, whole=whole, notebooks=times), indent=1), encoding='utf-8')
    print(f'in {whole:.0f} s')
    print(f'{passed} passed, {failed} failed', flush=True)
    sys.exit(bool(failed) or not passed)


if __name__ == '__main__': main()
