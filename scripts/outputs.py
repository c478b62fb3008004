"""Take out of the stored outputs what was of the moment.

Warnings on standard error, with the folders of the machine that gave them, and widgets, which live no longer.
"""
import json, re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDGET = 'application/vnd.jupyter.widget-view+json'
FOLDERS = re.compile(r'/(?:home|root|tmp|work|Users|opt|usr)/[\w.-]+|site-packages|ipykernel_\d')


def notebooks():
    "(path, content) of each notebook"
    for path in sorted((ROOT / 'nbs').glob('*.ipynb')): yield path, json.loads(path.read_text(encoding='utf-8'))


def texts(output):
    "What an output shows as text"
    data = output.get('data', {})
    return [''.join(t) for t in (output.get('text', ''), data.get('text/plain', ''), data.get('text/markdown', ''))]


def foreign():
    "A line for each stored output with warnings or with folders of one machine"
    for path, notebook in notebooks():
        for i, cell in enumerate(notebook['cells']):
            for output in cell.get('outputs', []):
                found = next((m[0] for t in texts(output) for m in [FOLDERS.search(t)] if m), None)
                found = found or ('a widget' if WIDGET in output.get('data', {}) else None)
                if output.get('name') == 'stderr' or found: yield f"{path.name} [{i}]: its output holds {found or 'warnings'}: run make export"


if __name__ == '__main__':
    for path, notebook in notebooks():
        before = json.dumps(notebook)
        for cell in notebook['cells']:
            if 'outputs' in cell: cell['outputs'] = [o for o in cell['outputs'] if o.get('name') != 'stderr']
            for output in cell.get('outputs', []): output.get('data', {}).pop(WIDGET, None)
        notebook['metadata'].pop('widgets', None)
        if json.dumps(notebook) != before:
            path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + '\n', encoding='utf-8')
