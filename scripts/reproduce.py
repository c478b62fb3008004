"Run the paper's notebooks top to bottom and gather what they make: tables, weights, animations, and a page of all of them."
import argparse, hashlib, json, os, shutil, signal, sys, threading, time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUICK = {'41_train_mse': 35, '42_train_perceptual': 35, '43_compare': 25, '45_claims': 5}  # notebook: its share of the time, %
FULL = {'41_train_mse': 9, '42_train_perceptual': 15, '43_compare': 8, '44_2d_vs_3d': 20, '44_loss_weight': 10, '44_seeds': 36, '45_claims': 2}
PAPER = {'46_paper_scale': 100}  # a run of its own, in a folder of its own
STOPPED = 'Interrupted. What was finished is kept, and the same command goes on from here.'
FULL_FROM = 0.5  # of the budget, as `Study.sweeps` has it


class Screen:
    "What is told: lines, and below the last one how far it is, again and again in its place where the output is a terminal"
    def __init__(self, every=20):
        self.live, self.every, self.told, self.width, self.at = sys.stdout.isatty(), every, 0.0, 0, None

    def line(self, text=''):
        "A line that stays"
        if self.width: print('\r' + ' ' * self.width + '\r', end='')
        self.width = 0
        print(text, flush=True)

    def progress(self, text):
        "How far it is: in its place, or a line now and then"
        now = time.monotonic()
        if self.live:
            text = text[:max(20, shutil.get_terminal_size().columns - 1)]
            print('\r' + text.ljust(self.width), end='', flush=True)
            self.width = len(text)
        elif text != self.at and now - self.told >= self.every:
            self.told, self.at = now, text
            print(text, flush=True)


def clock(seconds):
    "5:03, or 1:05:03"
    minutes, seconds = divmod(round(seconds), 60)
    return f'{minutes // 60}:{minutes % 60:02}:{seconds:02}' if minutes >= 60 else f'{minutes}:{seconds:02}'


def bar(share, width=20):
    "A bar of text"
    done = round(width * min(1, share))
    return '[' + '#' * done + '.' * (width - done) + ']'


class Watch:
    "Reads what the library tells of its progress, and shows it until the block ends"
    def __init__(self, path, screen): self.path, self.screen, self.step = path, screen, None

    def text(self, told):
        "A bar for what is done now, and the time that is left of it"
        key, now = (told['what'], told['total']), time.monotonic()
        if self.step is None or self.step[0] != key: self.step = key, now, told['done']
        share, since = told['done'] / max(1, told['total']), told['done'] - self.step[2]
        left = f', {clock((now - self.step[1]) / since * (told["total"] - told["done"]))} left' if since > 0 and now - self.step[1] > 3 else ''
        count = f' {told["done"]} of {told["total"]}' if told['total'] > 1 else ''
        note = f', {told["note"]}' if told['note'] else ''
        return f'  {bar(share)} {told["what"]}{count}{left}{note}'

    def look(self, seen):
        "Show the newest line after byte `seen`; where the file ends now"
        with open(self.path, 'rb') as f:
            f.seek(seen)
            *whole, rest = f.read().split(b'\n')
        if whole: self.screen.progress(self.text(json.loads(whole[-1])))
        return seen + sum(len(line) + 1 for line in whole)

    @contextmanager
    def running(self):
        self.path.write_bytes(b'')
        stop = threading.Event()

        def follow():
            seen = 0
            while not stop.wait(0.5): seen = self.look(seen)
        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        try: yield
        finally:
            stop.set()
            thread.join()
            self.path.unlink(missing_ok=True)


def printed(output):
    "What a cell's output says on a terminal"
    if output.output_type == 'stream': return output.text if output.name == 'stdout' else ''
    text = str(output.get('data', {}).get('text/markdown', ''))
    return text and text + '\n'


def heading(cell):
    "The headings of a markdown cell"
    return [line for line in cell.source.splitlines() if line.startswith('#')] if cell.cell_type == 'markdown' else []


def execute(client, env):
    "Execute a notebook in a thread of its own, so that Ctrl-C reaches this one, which then ends the kernel"
    failed = []

    def work():
        try: client.execute(env=env)
        except BaseException as e: failed.append(e)
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive(): thread.join(0.2)
    except KeyboardInterrupt:
        if client.km is not None and client.km.has_kernel: os.kill(client.km.provisioner.pid, signal.SIGKILL if os.name == 'posix' else signal.SIGTERM)
        thread.join(5)
        raise
    if failed: raise failed[0]


def run_notebook(name, out, env, screen):
    "Execute a notebook into `out`, telling what its cells print as they do; it is there when it ran to its end"
    import nbformat
    from nbclient import NotebookClient

    def begin(cell, cell_index):
        if lines := heading(cell): screen.line('\n' + lines[0].lstrip('# ') if lines[0].startswith('# ') else lines[0].lstrip('# '))

    def end(cell, cell_index, **_):
        for line in ''.join(map(printed, cell.get('outputs', []))).splitlines(): screen.line('  ' + line)

    notebook = nbformat.read(ROOT / 'nbs' / f'{name}.ipynb', as_version=4)
    there, quiet = {'metadata': {'path': str(ROOT / 'nbs')}}, ['--IPKernelApp.log_level=40']
    client = NotebookClient(notebook, timeout=None, kernel_name='python3', extra_arguments=quiet, resources=there,
                            on_cell_start=begin, on_cell_executed=end)
    watched = out / '.progress'
    with Watch(watched, screen).running(): execute(client, {**env, 'MRI_SUPERRES_PROGRESS': str(watched)})
    part = out / f'{name}.ipynb.part'
    nbformat.write(notebook, part)
    part.replace(out / f'{name}.ipynb')


class Finished:
    "Which notebooks of a run are done already, by what they and the library say and what was asked"
    def __init__(self, out, asked):
        self.path, self.out = out / 'finished.json', out
        self.asked = json.dumps(asked, sort_keys=True)
        try: self.known = json.loads(self.path.read_text(encoding='utf-8'))
        except (OSError, ValueError): self.known = {}
        self.before = self.digest_of(self.asked, *sorted((ROOT / 'mri_superres').rglob('*.py')))

    @staticmethod
    def digest_of(text, *paths):
        digest = hashlib.sha256(text.encode())
        for path in paths: digest.update(path.read_bytes())
        return digest.hexdigest()

    def digest(self, name):
        "Of a notebook's cells and of all that came before it"
        cells = json.loads((ROOT / 'nbs' / f'{name}.ipynb').read_text(encoding='utf-8'))['cells']
        self.before = self.digest_of(self.before + json.dumps([''.join(c['source']) for c in cells]))
        return self.before

    def seconds(self, name, digest):
        "How long it took, None where it is not done"
        known = self.known.get(name, {})
        return known['seconds'] if known.get('digest') == digest and (self.out / f'{name}.ipynb').is_file() else None

    def add(self, name, digest, seconds):
        self.known[name] = dict(digest=digest, seconds=round(seconds, 1))
        part = self.path.with_suffix('.part')
        part.write_text(json.dumps(self.known, indent=1), encoding='utf-8')
        part.replace(self.path)


def keep(paths, notebooks):
    "Store what a run has made in the repository"
    folders = {'.gif': 'volume_animations', '.json': 'nbs/results', **({'.ipynb': 'nbs'} if notebooks else {})}
    for path in paths:
        if path.suffix in folders and (path.suffix != '.json' or path.stem.endswith('_results')):
            folder = ROOT / folders[path.suffix]
            folder.mkdir(exist_ok=True)
            shutil.copy2(path, folder)


def introduce(args, runs, data, again):
    "What is going to happen, and how long that takes"
    what = 'The paper at its scale: its own network, for a GPU' if args.paper else f'The paper, trained and judged on {data}'
    minutes = args.minutes or 10 if args.paper else 15 * max(1, args.budget / 0.35)
    updates = '' if args.paper else f', {round(2900 * args.budget)} updates of a small network and half as many more with each loss'
    print(f'{what}{updates}.')
    if args.paper: print(f'About {minutes:g} minutes for each of its two networks.')
    elif not args.miniature: print(f'On two cores {minutes / 3:.0f} to {minutes:.0f} minutes; the processor decides. A GPU is used if there is one.')
    print(f'In {len(runs)} steps: {", ".join(runs)}.' + (' What is there already is not done again.' if again else ''))
    print('Ctrl-C is safe: the same command goes on where this one was stopped.', flush=True)


def run_all(runs, out, env, asked, fresh):
    "Run the notebooks that are not done; the minutes that all have taken, those of earlier parts of the run included"
    screen, finished, started, total = Screen(), Finished(out, asked), time.perf_counter(), 0.0
    for i, name in enumerate(runs, 1):
        digest, begun = finished.digest(name), time.perf_counter()
        took = None if fresh else finished.seconds(name, digest)
        share = sum(list(runs.values())[:i - 1])
        if took is not None:
            screen.line(f'\n===== {i} of {len(runs)}: {name} is done already (it took {clock(took)})')
        else:
            gone = time.perf_counter() - started
            screen.line(f'\n===== {i} of {len(runs)}: {name} ({clock(gone)} so far, about {share} % of the whole)')
            run_notebook(name, out, env, screen)
            took = time.perf_counter() - begun
            finished.add(name, digest, took)
        total += took
    return total / 60


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', default='phantoms', help="'phantoms', a folder in $MRI_SUPERRES_DATA, or any folder of scans")
    parser.add_argument('--budget', type=float, default=0.35, help='share of the full number of training updates; 1 is the full study, '
                        f'and from {FULL_FROM:g} on weights of the loss and networks in two dimensions are tried, too')
    parser.add_argument('--paper', action='store_true', help="the paper at its scale instead, in OUT/paper_scale: its own network, blocks and both losses; "
                        'made for a GPU, and continues where it was interrupted')
    parser.add_argument('--minutes', type=float, help='with --paper: of training with mean squared error; perceptual loss gets as many updates')
    parser.add_argument('--out', default=str(ROOT / 'reproduced'), help='where results go')
    parser.add_argument('--fresh', action='store_true', help='run every notebook again; networks of the very same run are used again')
    parser.add_argument('--miniature', action='store_true', help='tiny phantoms and networks of a few updates, to see that every step works')
    parser.add_argument('--keep', action='store_true', help='also store results and animations in the repository, and the notebooks of the phantom run')
    args = parser.parse_args()
    out = Path(args.out).resolve() / ('paper_scale' if args.paper else '')
    out.mkdir(parents=True, exist_ok=True)
    data = str(Path(args.data).resolve()) if Path(args.data).is_dir() else args.data
    asked = {'RUN_ON': data, 'OUT': str(out), 'BUDGET': 0.01 if args.miniature else args.budget, 'MINUTES': args.minutes or 10}
    if args.miniature: asked['MINIATURE'] = 1
    runs = PAPER if args.paper else FULL if args.budget >= FULL_FROM or args.miniature else QUICK
    env = {**os.environ, **{f'MRI_SUPERRES_{name}': str(value) for name, value in asked.items()}, 'PYTHONWARNINGS': 'ignore'}
    introduce(args, runs, Path(data).name, (out / 'finished.json').is_file())
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    try: minutes = run_all(runs, out, env, asked, args.fresh or args.paper)
    except DeadKernelError:
        sys.exit('\nThe process that runs the notebooks has ended, perhaps for want of memory. What was finished is kept, and the same command goes on from here.')
    except CellExecutionError as e:
        last = [line for line in str(e).splitlines() if line.strip()][-1]
        sys.exit(f'\nA cell of a notebook failed: {last}\nWhat was finished before is kept; the whole message stands in {report(out, e)}.')
    made = sorted(path for path in out.iterdir() if path.suffix in ('.ipynb', '.json', '.gif', '.safetensors') and path.name != 'finished.json')
    if args.keep: keep(made, notebooks=data == 'phantoms')
    if args.paper:
        print(f'\nDone in {minutes:.1f} minutes. In {os.path.relpath(out)}/:')
        for path in made: print(f'  {path.name:32} {path.stat().st_size / 1e6:6.2f} MB')
        return
    import reproduced
    print('\n' + '\n'.join(reproduced.write(out, Path(data).name, runs, minutes)))


def report(out, error):
    "Where the whole message of a failure is written"
    path = out / 'failed.txt'
    path.write_text(str(error), encoding='utf-8')
    return os.path.relpath(path)


if __name__ == '__main__':
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a batch system asks so, and means the same as Ctrl-C
    try: main()
    except KeyboardInterrupt:
        print(f'\n{STOPPED}', file=sys.stderr, flush=True)
        os._exit(130)  # the kernel is ended; its sockets wait for nobody
