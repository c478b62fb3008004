"""Build the wheel and the source distribution, and check that what the package needs at run time is in them.

With --install the wheel goes into a new environment that sees the libraries of this one, and a scan is restored there, away from this folder.
"""
import argparse, os, subprocess, sys, tarfile, tempfile, venv, zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / 'mri_superres'
BUILD = 'import sys; from setuptools import build_meta as b; print(getattr(b, "build_" + sys.argv[1])(sys.argv[2]))'


def build(kind, folder):
    "Build a 'wheel' or an 'sdist' of a copy of what git knows; its path"
    copy = folder / 'tree'
    if not copy.exists():
        files = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, files.decode().split('\0')):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes((ROOT / name).read_bytes())
    done = subprocess.run([sys.executable, '-c', BUILD, kind, str(folder)], cwd=copy, capture_output=True, text=True)
    if done.returncode: sys.exit(f'{kind}: the build failed\n{done.stderr[-2000:]}')
    return folder / done.stdout.splitlines()[-1]


def needed():
    "Files of the package, as paths from the top of the repository, that must be in both"
    kinds = '*.py', '*.pyi', 'py.typed', 'weights/*', 'page/*'
    return {p.relative_to(ROOT).as_posix() for kind in kinds for p in PACKAGE.rglob(kind) if p.is_file() and '__pycache__' not in p.parts}


def missing(path):
    "A line for each file that the wheel or the source distribution lacks"
    if path.suffix == '.whl': there = set(zipfile.ZipFile(path).namelist())
    else: there = {name.partition('/')[2] for name in tarfile.open(path).getnames()}
    also = set() if path.suffix == '.whl' else {'settings.ini', 'setup.py', 'README.md', 'LICENSE', 'CHANGELOG.md', 'CITATION.cff'}
    return [f'{path.name}: {name} is not in it' for name in sorted((needed() | also) - there)]


def install(wheel, folder):
    "Install the wheel in an environment of its own, and restore the example there"
    venv.create(folder / 'env', with_pip=False)
    bin = folder / 'env' / ('Scripts' if os.name == 'nt' else 'bin')
    python = bin / Path(sys.executable).name if (bin / Path(sys.executable).name).exists() else bin / 'python'
    libraries = [p for p in sys.path if p.endswith('site-packages')]
    own = Path(subprocess.run([python, '-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], capture_output=True, text=True, check=True).stdout.strip())
    (own / 'libraries.pth').write_text('\n'.join(libraries), encoding='utf-8')
    pip = [python, '-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--no-deps', '--no-index', '--ignore-installed', wheel]
    environment = {k: v for k, v in os.environ.items() if k != 'PYTHONPATH'}
    how = dict(cwd=folder, env=environment, capture_output=True, text=True)
    for step in (pip, [python, '-m', 'mri_superres'], [bin / 'superres_upscale', ROOT / 'dicom', folder / 'better.nii.gz', '--spacing', 'same'],
                 [python, '-c', 'import mri_superres as m; m.load_model("fast_mse"); print(m.__version__, m.__file__); assert m.Volume.open("better.nii.gz").shape']):
        done = subprocess.run([str(s) for s in step], **how)
        if done.returncode: yield f'{Path(str(step[0])).name} {" ".join(map(str, step[1:3]))}: {(done.stderr or done.stdout)[-800:]}'; return
    print('installed  ', done.stdout.strip())
    if str(folder.resolve()) not in str(Path(done.stdout.split()[-1]).resolve()): yield f'not the installed package was used: {done.stdout}'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--install', action='store_true', help='also install the wheel and run it')
    parser.add_argument('--out', help='a folder to put both in')
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        built = [build(kind, Path(folder)) for kind in ('wheel', 'sdist')]
        for path in built: print(f'built       {path.name}, {path.stat().st_size / 1e6:.1f} MB')
        wrong = [line for path in built for line in missing(path)]
        if args.install: wrong += install(built[0], Path(folder))
        if args.out:
            Path(args.out).mkdir(parents=True, exist_ok=True)
            for path in built: (Path(args.out) / path.name).write_bytes(path.read_bytes())
    for line in wrong: print('FAILED', line)
    print(f'{"FAILED" if wrong else "ok"}: {len(needed())} files of the package are looked for in both')
    sys.exit(bool(wrong))


if __name__ == '__main__': main()
