"""Paste what README and the guides say into a shell, line by line as it stands, in a fresh clone of what is committed.

What takes long is shortened by settings of the Makefile and by the Python environment that is there already; with
--whole nothing is shortened. README has to be short: its lines, and the words before its first command.
"""
import argparse, os, re, subprocess, sys, tempfile
from pathlib import Path

from readme import ROOT

DOCUMENTS = 'README.md', 'docs/paper.md', 'docs/scan.md', 'docs/developer.md'
LINES, WORDS = 120, 200
SHORT = {'BUDGET': '0.005', 'NOTEBOOKS': '00_files'}  # of make reproduce and make test
SETTING_UP = 'python3 -m venv', 'pip install'  # lines that only make a Python environment
ADDRESS = 'https://github.com/jamesgolden1/mri_super_resolution'
FENCE = re.compile(r'^```(\w*)\n(.*?)^```$', re.MULTILINE | re.DOTALL)
MARK = '----- pasted'


def blocks(text):
    "[(language, code, what it should print or None)] of a markdown text"
    found = [match.groups() for match in FENCE.finditer(text)]
    printed = [code if not language else None for language, code in found[1:]] + [None]
    return [(*block, out) for block, out in zip(found, printed) if block[0] in ('sh', 'python')]


def too_long():
    "A line for each limit that README exceeds"
    text = (ROOT / 'README.md').read_text(encoding='utf-8')
    lines, words = len(text.splitlines()), len(text[:text.index('```')].split())
    if lines > LINES: yield f'README.md: expected at most {LINES} lines; got {lines}'
    if words > WORDS: yield f'README.md: expected its first command within {WORDS} words; got {words}'


def shell_lines(language, code, whole):
    "A block as lines of a shell script"
    if language == 'python': return [f"python - <<'PASTED'\n{code}PASTED"]
    ready = f'ln -s {sys.prefix} .venv\ntouch -t 200001010000 settings.ini setup.py pyproject.toml'
    lines = []
    for line in code.splitlines():
        if whole or not line.startswith(SETTING_UP): lines.append(line)
        if line.startswith('git clone') and not whole: lines += ['export PYTHONPATH=$PWD', ready]
    return lines


def environment(whole):
    "What is set while a document is pasted: the clone is one of this folder, and long things are short"
    setting = f'url.{ROOT.as_uri()}.insteadOf'
    redirect = {'GIT_CONFIG_COUNT': '1', 'GIT_CONFIG_KEY_0': setting, 'GIT_CONFIG_VALUE_0': ADDRESS}
    activated = {'PATH': f'{sys.prefix}/bin:{os.environ["PATH"]}'}
    return os.environ | redirect | ({} if whole else SHORT | activated)


def fails(document, folder, whole):
    "A line for each thing that goes wrong when a document is pasted into a shell in that folder"
    found = blocks((ROOT / document).read_text(encoding='utf-8'))
    script = ['set -e']
    for language, code, _ in found: script += [f'echo "{MARK}"', *shell_lines(language, code, whole)]
    run = dict(cwd=folder, env=environment(whole), capture_output=True, text=True)
    done = subprocess.run(['bash', '-c', '\n'.join(script)], **run)
    printed = done.stdout.split(f'{MARK}\n')[1:]
    if done.returncode:
        yield f'{document}: {found[len(printed) - 1][1].strip()}\nends with {done.returncode}:\n{done.stderr[-2000:]}'
    for (_, code, expected), came in zip(found, printed):
        if expected and not done.returncode and came.strip() != expected.strip():
            yield f'{document}: expected {expected.strip()!r} from\n{code}got {came.strip()!r}'


def failures(documents=DOCUMENTS, whole=False):
    "A line for each thing in the documents that does not work when it is pasted; guides begin in README's clone"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        clone = Path(folder) / ADDRESS.rsplit('/')[-1]
        for document in documents:
            if document != 'README.md' and not clone.exists():
                lines = shell_lines('sh', f'git clone -q {ADDRESS} && cd {clone.name}\n', whole)
                subprocess.run(['bash', '-ec', '\n'.join(lines)], cwd=folder, env=environment(whole), check=True)
            yield from fails(document, folder if document == 'README.md' else clone, whole)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('documents', nargs='*', default=DOCUMENTS, help=f'out of {", ".join(DOCUMENTS)}; left out: all')
    parser.add_argument('--whole', action='store_true', help='set up Python, too, and shorten nothing')
    args = parser.parse_args()
    failed = [*too_long(), *failures(args.documents, args.whole)]
    print('\n'.join(failed) or 'all of it can be pasted')
    sys.exit(bool(failed))
