"Make .venv with the package and its extras, and say what is downloaded and how long that takes. Needs nothing but Python."
import argparse, platform, re, subprocess, sys, time, venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CPU_INDEX = 'https://download.pytorch.org/whl/cpu'  # torch without CUDA, for Linux and Windows
SHOWN = 20  # MB from which on a download is told


def expected(torch):
    "(GB to download, GB on the disk, what most of it is)"
    small = torch == 'cpu' or platform.system() != 'Linux' or platform.machine() != 'x86_64'
    return (0.7, 2.5, 'torch') if small else (3.4, 7.2, 'torch and the CUDA libraries that it brings; without a GPU, make TORCH=cpu ... takes 0.7 GB')


def clock(since):
    minutes, seconds = divmod(round(time.monotonic() - since), 60)
    return f'{minutes}:{seconds:02}'


def pip(arguments, began):
    "Run pip in .venv and tell its larger downloads; its exit status, and what it said last"
    python = next(p for p in (ROOT / '.venv/bin/python', ROOT / '.venv/Scripts/python.exe') if p.exists())
    command = [str(python), '-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off', *arguments]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
    said, loaded = [], 0.0
    for line in run.stdout:
        said = [*said[-30:], line.rstrip()]
        if found := re.match(r'\s*(?:Downloading|Using cached) (\S+?)-(\d\S*?)-\S* \((\d[\d.]*) (kB|MB|GB)\)', line):
            size = float(found[3]) * {'kB': 1e-3, 'MB': 1, 'GB': 1e3}[found[4]]
            loaded += size
            if size >= SHOWN: print(f'  {found[1]} {found[2]}, {size:.0f} MB ({loaded / 1e3:.1f} GB so far, {clock(began)})', flush=True)
        elif line.startswith('Installing collected packages'): print(f'  installing {line.count(",") + 1} packages ({clock(began)})', flush=True)
    return run.wait(), said


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('extras', nargs='?', default='dev', help='extras of the package, with commas between')
    parser.add_argument('--torch', choices=('cuda', 'cpu'), default='cuda', help="cpu: torch from PyTorch's own index, without CUDA")
    args = parser.parse_args()
    load, disk, what = expected(args.torch)
    began = time.monotonic()
    print(f'Setting up .venv, once: about {load} GB to download ({what}), {disk} GB on the disk, 3 to 15 minutes.', flush=True)
    try:
        if not (ROOT / '.venv').exists(): venv.create(ROOT / '.venv', with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv")
    wanted = [['torch', 'torchvision', '--index-url', CPU_INDEX]] if args.torch == 'cpu' else []
    for arguments in [*wanted, ['--editable', f'.[{args.extras}]']]:
        status, said = pip(arguments, began)
        if status: sys.exit('\n'.join(said) + '\nThe set-up failed: see above. What was downloaded is kept, and the same command goes on.')
    print(f'Set up in {clock(began)} minutes.', flush=True)


if __name__ == '__main__':
    try: main()
    except KeyboardInterrupt: sys.exit('\nInterrupted. What was downloaded is kept, and the same command goes on from here.')
