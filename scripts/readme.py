"Write README.md from nbs/index.ipynb: markdown as it is, of code only what it printed. With --check, only compare."
import json, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def cell_text(cell):
    "The markdown that a cell contributes to the README"
    source = ''.join(cell['source'])
    if cell['cell_type'] == 'markdown': return source
    directives = {line[2:].strip() for line in source.splitlines() if line.startswith('#|')}
    if 'hide' in directives: return ''
    code = '\n'.join(line for line in source.splitlines() if not line.startswith('#|'))
    parts = [] if 'echo: false' in directives else [f'```python\n{code}\n```']
    for out in cell.get('outputs', []):
        data = out.get('data', {})
        if 'text/markdown' in data: parts.append(''.join(data['text/markdown']))
        else:
            text = ''.join(out.get('text', data.get('text/plain', ''))).rstrip()
            if text: parts.append(f'```\n{text}\n```')
    return '\n\n'.join(parts)


def readme(cells=None):
    "README.md as the cells of the index have it, those that are stored if none are given; paths are seen from the top of the repository"
    if cells is None: cells = json.loads((ROOT / 'nbs/index.ipynb').read_text(encoding='utf-8'))['cells']
    text = '\n\n'.join(filter(None, (cell_text(c).strip() for c in cells)))
    note = '<!-- written from nbs/index.ipynb by scripts/readme.py: edit the notebook -->\n\n'
    return note + text.replace('](../', '](').replace('src="../', 'src="').replace("'../", "'") + '\n'


if __name__ == '__main__':
    path = ROOT / 'README.md'
    if '--check' in sys.argv[1:]:
        same = path.read_text(encoding='utf-8') == readme()
        sys.exit(0 if same else 'README.md is not what nbs/index.ipynb says: run make readme')
    path.write_text(readme(), encoding='utf-8')
