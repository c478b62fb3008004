"Build the site in _docs/html: notebooks as they are stored, guides, reference, animations. Warnings are errors."
import json, re, shutil, subprocess, sys

import api
from readme import ROOT

SOURCE, PAGES = ROOT / '_docs/source', ROOT / '_docs/html'
REPOSITORY = 'https://github.com/jamesgolden1/mri_super_resolution/blob/main/'
LINK = re.compile(rf'\]\((?:{re.escape(REPOSITORY)}|\.\./)?(?:nbs/|docs/)?([\w./-]+)')  # to a file, wherever it lies
HEADING = re.compile(r'\]\(#([^)]+)\)')  # a link to a heading as Jupyter spells it


def inside(text):
    "Markdown whose links to notebooks, guides and animations stay on the site"
    def here(match):
        whole, name = match.group(0, 1)
        return f']({name}' if (SOURCE / name).exists() else whole
    def slug(match): return f"](#{re.sub(r'[^a-z0-9_-]', '', match[1].lower())})"
    return HEADING.sub(slug, LINK.sub(here, text))


def tidied(notebook):
    "A notebook without nbdev's `#|` lines and without the cells that are hidden"
    def text(cell): return ''.join(cell['source'])
    notebook['cells'] = [c for c in notebook['cells'] if '#| hide' not in text(c) and '#| default_exp' not in text(c)]
    for cell in notebook['cells']:
        if cell['cell_type'] == 'markdown':
            cell['source'] = inside(text(cell))
            continue
        if '#| echo: false' in text(cell): cell['metadata']['tags'] = ['remove-input']
        cell['source'] = '\n'.join(line for line in text(cell).splitlines() if not line.startswith('#|'))
    return notebook


def write_sources():
    "All that Sphinx reads, in one folder"
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(ROOT / 'docs', SOURCE)
    shutil.copytree(ROOT / 'volume_animations', SOURCE / 'volume_animations')
    for path in (ROOT / 'nbs').glob('*.ipynb'): shutil.copy2(path, SOURCE)
    (SOURCE / 'api').mkdir()
    for name, text in api.pages().items(): (SOURCE / 'api' / name).write_text(text, encoding='utf-8')
    for path in SOURCE.glob('*.md'): path.write_text(inside(path.read_text(encoding='utf-8')), encoding='utf-8')
    contents = SOURCE / 'contents.md'
    menu = dict(cell_type='markdown', id='contents', metadata={}, source=contents.read_text(encoding='utf-8'))
    for path in SOURCE.glob('*.ipynb'):
        notebook = tidied(json.loads(path.read_text(encoding='utf-8')))
        if path.stem == 'index': notebook['cells'].append(menu)
        path.write_text(json.dumps(notebook), encoding='utf-8')
    contents.unlink()


if __name__ == '__main__':
    print('building the site, a minute or two', flush=True)
    write_sources()
    sphinx = [sys.executable, '-m', 'sphinx', '-q', '-W', '--keep-going', '-j', 'auto', '-b', 'html', SOURCE, PAGES]
    done = subprocess.run(sphinx).returncode
    if not done: print('open _docs/html/index.html')
    sys.exit(done)
