"Render the reference as markdown: the public names of each module, their docstrings, and the units of their arguments."
import ast, io, os, subprocess, sys, tokenize
from configparser import ConfigParser

from stub import COMMANDS, PACKAGE, ROOT, exported, modules

WIDTH = {'COLUMNS': '100'}  # of the commands' help
CHAPTER = 'File to edit: '  # how nbdev begins the line that names a module's notebook


def comments(source):
    "{line: the comment that ends it}"
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip('# ') for t in tokens if t.type == tokenize.COMMENT}


def cell(text):
    "A text as a table's cell"
    return text.replace('|', '\\|').replace('\n', ' ')


def code(text): return f'`{cell(text)}`' if text else ''


def table(rows, first='argument'):
    "A markdown table of (name, type, default, meaning)"
    lines = [f'| {first} | type | default | meaning |', '| --- | --- | --- | --- |']
    return '\n'.join([*lines, *(f'| {code(n)} | {code(t)} | {code(d)} | {cell(m)} |' for n, t, d, m in rows)])


def text_of(node): return ast.unparse(node) if node is not None else ''


def arguments(function):
    "(argument with its stars, its annotation, its default, the line on which it ends) of each argument but self"
    a = function.args
    named = [*a.posonlyargs, *a.args]
    defaults = [None] * (len(named) - len(a.defaults)) + a.defaults
    found = [('', *pair) for pair in zip(named, defaults)]
    found += [('*', a.vararg, None)] if a.vararg else []
    found += [('', *pair) for pair in zip(a.kwonlyargs, a.kw_defaults)]
    found += [('**', a.kwarg, None)] if a.kwarg else []
    for stars, arg, default in found:
        if arg.arg not in ('self', 'cls'):
            yield stars + arg.arg, text_of(arg.annotation), text_of(default), (default or arg).end_lineno


def argument_rows(function, notes):
    "(argument, type, default, meaning) of each argument but self"
    found = list(arguments(function))
    lines = [line for *_, line in found]
    alone = [line for line in lines if lines.count(line) == 1 and line < function.body[0].lineno - 1]
    return [(n, t, d, notes.get(line, '') if line in alone else '') for n, t, d, line in found]


def function_rows(function, notes):
    "The rows of a function's table: its arguments, each on a line of its own, then what it returns"
    last = notes.get(function.body[0].lineno - 1, '') if function.body[0].lineno > function.lineno else ''
    returned = [('returns', text_of(function.returns), '', last)]
    return argument_rows(function, notes) + returned * bool(function.returns is not None or last)


def described(node, heading, name, rows, first='argument'):
    "Heading, signature, docstring and table of one name"
    shown = f'({", ".join(n + (f"={d}" if d else "") for n, _, d, _ in rows if n != "returns")})'
    value = first == 'field' or any(text_of(d) == 'property' for d in getattr(node, 'decorator_list', ()))
    parts = [f'{heading} {name}', '' if value else f'```python\n{name}{shown}\n```',
             ast.get_docstring(node) or '', table(rows, first) if rows else '']
    return '\n\n'.join(filter(None, parts))


def methods(node):
    "A class's own public methods; those without docstring are called by the framework that it is made for"
    for method in node.body:
        if not isinstance(method, ast.FunctionDef) or not ast.get_docstring(method): continue
        if not method.name.startswith('_') or method.name == '__call__': yield method


def class_rows(node, notes):
    "(rows of what makes a class, whether these are fields)"
    made = next((n for n in node.body if getattr(n, 'name', '') == '__init__'), None)
    if made: return argument_rows(made, notes), False
    fields = [n for n in node.body if isinstance(n, ast.AnnAssign)]
    return [(n.target.id, text_of(n.annotation), text_of(n.value), notes.get(n.end_lineno, '')) for n in fields], True


def describe_class(node, notes):
    "A class with its fields or the arguments that make it, then its public methods"
    rows, fields = class_rows(node, notes)
    yield described(node, '##', node.name, rows, 'field' if fields else 'argument')
    for method in methods(node):
        yield describe_function(method, notes, f'{node.name}.')


def describe_function(node, notes, owner=''):
    "A function, or a method of `owner`"
    name = owner + node.name
    return described(node, '###' if owner else '##', name.removesuffix('.__call__'), function_rows(node, notes))


def read(path):
    "(source of a module, nodes of its public functions and classes, {line: comment})"
    source, public = path.read_text(encoding='utf-8'), exported(path)
    nodes = [node for node in ast.parse(source).body if getattr(node, 'name', '') in public]
    return source, nodes, comments(source)


def unsaid():
    "A line for each public argument or field whose meaning nobody says"
    for module, path in modules().items():
        _, nodes, notes = read(path)
        for node in nodes:
            whole = isinstance(node, ast.ClassDef)
            named = [(node.name, class_rows(node, notes)[0] if whole else argument_rows(node, notes))]
            named += [(f'{node.name}.{m.name}', argument_rows(m, notes)) for m in methods(node)] if whole else []
            for name, rows in named:
                silent = ', '.join(argument for argument, *_, meaning in rows if not meaning)
                if silent: yield f'{module}.{name}: no comment says what {silent} means'


def page(module, path):
    "(the page of a module, what it is in a line), or None where it defines nothing public"
    source, nodes, notes = read(path)
    parts = []
    for node in nodes:
        parts += describe_class(node, notes) if isinstance(node, ast.ClassDef) else [describe_function(node, notes)]
    if not parts: return None
    line = next(text for text in source.splitlines() if CHAPTER in text)
    chapter = line.split(CHAPTER)[1].rstrip('.').split('/')[-1]
    what = (ast.get_docstring(ast.parse(source)) or '').strip()
    head = [f'# {PACKAGE.name}.{module}', what, f'Defined, explained and tested in [its chapter](../{chapter}).']
    return '\n\n'.join(head + parts) + '\n', what


def commands_page():
    "What each command says of itself"
    parser = ConfigParser(delimiters=['='], interpolation=None)
    parser.read(ROOT / 'settings.ini', encoding='utf-8')
    parts = ['# The commands', 'Each says this with `--help`.']
    for script in parser['DEFAULT']['console_scripts'].split():
        name = script.partition('=')[0]
        asked = [sys.executable, '-m', f'{PACKAGE.name}.{COMMANDS}', name, '--help']
        said = subprocess.run(asked, capture_output=True, text=True, check=True, env=os.environ | WIDTH)
        parts.append(f'## {name}\n\n```text\n{said.stdout.rstrip()}\n```')
    return '\n\n'.join(parts) + '\n'


def pages():
    "{name of the file: its text} of the whole reference"
    found = {module: page(module, path) for module, path in modules().items()}
    found = {module: both for module, both in found.items() if both}
    listed = '\n'.join(f'| [{module}]({module}.md) | {cell(what)} |' for module, (_, what) in found.items())
    tree = '\n'.join(['```{toctree}', ':hidden:', '', 'commands', *found, '```'])
    head = '# Reference\n\n[The commands](commands.md), and in Python, by module:\n\n| module | about |\n| --- | --- |'
    texts = {f'{module}.md': text for module, (text, _) in found.items()}
    return {'index.md': f'{head}\n{listed}\n\n{tree}\n', 'commands.md': commands_page(), **texts}
