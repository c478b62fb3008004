"Sphinx settings of the site: the notebooks as they are stored, with their outputs."
project = 'mri_superres'
author = 'the mri_superres authors'
extensions = ['myst_nb']
nb_execution_mode = 'off'
nb_render_markdown_format = 'gfm'  # or tables from outputs are raw pipes
root_doc = 'contents'
html_theme = 'furo'
html_title = project
exclude_patterns = ['results', '.ipynb_checkpoints']
suppress_warnings = ['myst.header', 'mystnb.unknown_mime_type', 'myst.xref_missing']


def _without_directives(app, docname, source):
    "Drop nbdev's `#|` lines and hidden cells from what the reader sees"
    import json
    if not str(app.env.doc2path(docname)).endswith('.ipynb'): return
    notebook = json.loads(source[0])
    def text(cell): return ''.join(cell['source'])
    notebook['cells'] = [c for c in notebook['cells'] if '#| hide' not in text(c) and '#| default_exp' not in text(c)]
    for cell in notebook['cells']:
        if cell['cell_type'] == 'code':
            if '#| echo: false' in text(cell): cell['metadata']['tags'] = ['remove-input']
            cell['source'] = '\n'.join(l for l in text(cell).splitlines() if not l.startswith('#|'))
    source[0] = json.dumps(notebook)


def setup(app): app.connect('source-read', _without_directives)
