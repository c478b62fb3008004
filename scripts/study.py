"""Fifty scans by two workers: one worker is killed, the command interrupted and repeated. Is each scan done once?

And how fast are they beside a loop? Stored in nbs/results/study_2_workers.json.
"""
import argparse, json, os, signal, statistics, subprocess, sys, tempfile, time
from collections import Counter
from pathlib import Path

import psutil

from mri_superres.cli.batch import FolderWork, Restoration
from mri_superres.cli.console import Messages
from mri_superres.cli.scan import add_network_options
from mri_superres.cli.tasks import Records, Task, run_tasks
from mri_superres.files import write_json
from mri_superres.phantom import knee_phantom

STORED = Path(__file__).parents[1] / 'nbs/results/study_2_workers.json'
SCANS, WORKERS, TURNS = 50, 2, 2
COMMAND = [sys.executable, '-m', 'mri_superres.cli', 'superres_batch']


def make_scans(folder, n=SCANS):
    "Write knees of somewhat different sizes; their names"
    for i in range(1, n + 1):
        knee_phantom(i, shape=(48 + i % 5 * 8, 96, 96), spacing=1.5).save(folder / f'group_{i % 7}/knee_{i:02d}.nii.gz')
    return sorted(str(p.relative_to(folder)) for p in folder.rglob('*.nii.gz'))


def results(out):
    "{name: when it was written} of the whole results, and what is half-written"
    there = [p for p in out.rglob('*') if p.is_file() and '.superres' not in p.parts] if out.exists() else []
    whole = {str(p.relative_to(out)): p.stat().st_mtime_ns for p in there if p.name.startswith('knee')}
    return whole, [p.name for p in there if p.name.startswith('.')]


def until(n, out, command):
    "Wait until n scans are done"
    while len(results(out)[0]) < n:
        if command.poll() is not None: raise RuntimeError(command.communicate())
        time.sleep(0.05)


def at_work(command):
    "The worker processes of a command, the busiest first: Dask has a few others"
    found = {p.pid: p.cpu_times().user for p in psutil.Process(command.pid).children(recursive=True)}
    return sorted(found, key=found.get, reverse=True)


def story(scans, out):
    "One scan is damaged, a worker is killed, the command is interrupted and repeated; what became of it"
    damaged = scans / 'group_3/knee_03.nii.gz'
    damaged.write_bytes(damaged.read_bytes()[:9999])
    how = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    argv = [*COMMAND, str(scans), str(out), '--workers', str(WORKERS)]
    first = subprocess.Popen(argv, **how)
    until(SCANS // 4, out, first)
    os.kill(at_work(first)[0], signal.SIGKILL)
    until(SCANS // 2, out, first)
    first.send_signal(signal.SIGINT)
    said = [first.communicate()]
    before, half = results(out)
    second = subprocess.run(argv, **how)
    said.append((second.stdout, second.stderr))
    after, half_at_the_end = results(out)
    lines = '\n'.join(text for streams in said for text in streams).splitlines()
    named = lambda state: [line.split()[2].rstrip(':') for line in lines if line.startswith(state)]
    return dict(
        exit_codes=[first.returncode, second.returncode],
        done_when_interrupted=len(before),
        done_at_the_end=len(after),
        done_again=sum(after[name] != when for name, when in before.items()),
        told_more_than_once=sum(n > 1 for n in Counter(named('done ')).values()),
        half_written=len(half) + len(half_at_the_end),
        failed=sorted(set(named('failed '))),
    )


def timed(task, names, workers):
    "Seconds until the first scan is begun and until the last is done, those of the scans, CPU seconds of this process"
    begin, cpu, seconds, start = time.perf_counter(), time.process_time(), [], None
    for _, rows in run_tasks(task, names, workers):
        last = time.perf_counter() - begin
        seconds += [row['seconds'] for row in rows]
        start = max(0, last - seconds[0]) if start is None else start
    return dict(start=start, last=last, scans=sum(seconds), cpu=time.process_time() - cpu)


def race(scans, names, room):
    "A loop and the workers in turns, from the second scan's start"
    options = argparse.ArgumentParser()
    add_network_options(options)
    restore = Restoration.asked(options.parse_args([]), {}, Messages(quiet=True))
    work = FolderWork(restore, {n: n for n in names})
    runs = {1: [], WORKERS: []}
    for turn in range(TURNS):
        for workers in runs:
            task = Task(Records(scans, room / f'{turn}_{workers}', {}), work)
            runs[workers].append(timed(task, names, workers))
            print(workers, {k: round(v, 2) for k, v in runs[workers][-1].items()}, flush=True)
    return runs


def main():
    with tempfile.TemporaryDirectory() as room:
        scans, room = Path(room) / 'scans', Path(room)
        names = make_scans(scans)
        runs = race(scans, names, room)
        middle = {w: {k: statistics.median(r[k] for r in found) for k in found[0]} for w, found in runs.items()}
        found = story(scans, room / 'story')
    loop, two = middle[1], middle[WORKERS]
    working = two['last'] - two['start']
    found |= dict(
        scans=SCANS, workers=WORKERS, cores=os.cpu_count(),
        seconds_of_the_loop=round(loop['last'], 1),
        seconds_of_the_workers=round(two['last'], 1),
        seconds_to_start_the_workers=round(two['start'], 1),
        throughput_beside_the_loop=round(loop['last'] / working, 2),
        throughput_with_the_start=round(loop['last'] / two['last'], 2),
        share_of_time_not_at_a_scan=round(1 - two['scans'] / (WORKERS * working), 3),
        share_of_cpu_of_scheduler=round(two['cpu'] / (two['cpu'] + two['scans']), 3),
    )
    print(json.dumps(found, indent=1))
    write_json(STORED, found)


if __name__ == '__main__': main()
