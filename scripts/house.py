"""Check the rules of the house that a machine can see, and print how its code measures up.

The rules: no line over 120 columns, one statement a line, numbers of notebooks order the imports, nobody imports another module's underscore name,
a comment says what each public argument means.
"""
import ast, json, re, statistics, sys
from pathlib import Path

import api

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 120
JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


class Cell:
    "A cell of a notebook: its number, kind and source without the lines that are for nbdev"
    def __init__(self, number, cell):
        lines = ''.join(cell['source']).splitlines()
        self.number, self.kind = number, cell['cell_type']
        self.directives = [line for line in lines if line.startswith('#|')]
        self.lines = [line for line in lines if not line.startswith('#|')]
        self.exported = '#| export' in self.directives

    @property
    def tree(self):
        "The syntax tree of a cell of plain Python; an empty one for others"
        magic = any(line.lstrip().startswith(('%', '!')) for line in self.lines)
        return ast.parse('' if magic or self.kind != 'code' else '\n'.join(self.lines))


class Notebook:
    "A notebook: its number, the module that it exports (or None) and its cells"
    def __init__(self, path):
        self.path, self.name = path, path.stem
        number = re.match(r'(\d\d)_', path.stem)
        self.number = int(number[1]) if number else None
        self.cells = [Cell(i, c) for i, c in enumerate(json.loads(path.read_text(encoding='utf-8'))['cells'])]
        found = [d.split()[-1] for c in self.cells for d in c.directives if 'default_exp' in d]
        self.module = found[0] if found else None

    @property
    def code(self): return [c for c in self.cells if c.kind == 'code']


def notebooks():
    "All notebooks, in their order"
    return [Notebook(path) for path in sorted((ROOT / 'nbs').glob('*.ipynb'))]


def imports(tree):
    "(module of ours without the package's name, imported names) of each import in a syntax tree, also inside of functions"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or '').split('.')[0] == 'mri_superres':
            yield node.module.partition('.')[2], [alias.name for alias in node.names]


def long_lines(notebook):
    "Lines over the limit; tables, links and addresses cannot be broken"
    for cell in notebook.cells:
        for line in cell.lines:
            whole = cell.kind == 'markdown' and (line.startswith('|') or '](' in line or '://' in line)
            if len(line) > WIDTH and not whole: yield f'[{cell.number}] {len(line)} columns: {line[:60]} ...'


def crowded_lines(notebook):
    "Lines with two statements, but for a guard such as `if x is None: return y`"
    for cell in notebook.code:
        if not cell.exported: continue
        nodes = [n for n in ast.walk(cell.tree) if isinstance(n, ast.stmt)]
        guards = {id(n.body[0]) for n in nodes if isinstance(n, ast.If) and len(n.body) == 1 and isinstance(n.body[0], JUMPS)}
        seen = set()
        for node in sorted(nodes, key=lambda n: (n.lineno, n.col_offset)):
            if node.lineno in seen and id(node) not in guards: yield f'[{cell.number}] two statements: {cell.lines[node.lineno - 1][:80]}'
            seen.add(node.lineno)


def imports_upwards(notebook, numbers):
    "Imports of a module whose notebook has a higher number"
    for cell in notebook.code:
        for module, _ in imports(cell.tree) if cell.exported else ():
            if numbers.get(module, -1) >= notebook.number: yield f'[{cell.number}] imports {module}, number {numbers[module]:02d}'


def private_imports(notebook):
    "Imports of another module's underscore name"
    for cell in notebook.code:
        for module, names in imports(cell.tree):
            private = [n for n in names if n.startswith('_') and not n.startswith('__')]
            if private and module != notebook.module: yield f'[{cell.number}] imports {", ".join(private)} from {module}'


def other_name(notebook):
    "A module that is not named after its notebook"
    module = (notebook.module or '').split('.')[-1].strip('_')
    if notebook.module and module != notebook.name.partition('_')[2]: yield f'exports the module {notebook.module}'


def broken_rules():
    "A line for each place where a rule is broken"
    books = notebooks()
    numbers = {b.module: b.number for b in books if b.module}
    for book in books:
        for rule in (long_lines, crowded_lines, private_imports, other_name): yield from (f'{book.name} {text}' for text in rule(book))
        if book.module: yield from (f'{book.name} {text}' for text in imports_upwards(book, numbers))
    yield from api.unsaid()


def repeated_private_names():
    "{private name: modules that define it} of those that are defined in more than one"
    places = {}
    for book in notebooks():
        for cell in book.code:
            for node in cell.tree.body if cell.exported else ():
                if getattr(node, 'name', '').startswith('_'): places.setdefault(node.name, []).append(book.module)
    return {name: found for name, found in places.items() if len(set(found)) > 1}


def percentile(values, share): return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def figures():
    "(what, value) of the code and the prose in the notebooks"
    code = [c for b in notebooks() for c in b.code]
    exported = [c for c in code if c.exported]
    sizes = [sum(bool(line.strip()) for line in c.lines) for c in exported]
    widths = [len(line) for c in exported for line in c.lines if line.strip()]
    functions = [n for c in exported for n in ast.walk(c.tree) if isinstance(n, ast.FunctionDef) and not n.name.startswith('__')]
    private = sum(f.name.startswith('_') for f in functions)
    words = sum(len(' '.join(c.lines).split()) for b in notebooks() for c in b.cells if c.kind == 'markdown')
    checks = [n for c in code for n in ast.walk(c.tree)
              if isinstance(n, ast.Assert) or isinstance(n, ast.Call) and getattr(n.func, 'id', '').startswith('test_')]
    modules = [p for p in (ROOT / 'mri_superres').rglob('*.py') if p.name != '_modidx.py']
    yield 'exported lines, with blank ones', sum(len(p.read_text(encoding='utf-8').splitlines()) for p in modules)
    yield 'lines of an exported cell: median / 90 % / longest', f'{statistics.median(sizes):g} / {percentile(sizes, 0.9)} / {max(sizes)}'
    yield 'characters of a line: median / 99 %', f'{statistics.median(widths):g} / {percentile(widths, 0.99)}'
    yield f'lines over {WIDTH} characters', f'{sum(w > WIDTH for w in widths) / len(widths):.1%}'
    yield 'private : public functions', f'{private} : {len(functions) - private}'
    yield 'words of prose a code cell', f'{words / len(code):.0f}'
    yield 'asserts and test_*', len(checks)
    yield 'private names that several modules define', len(repeated_private_names())


if __name__ == '__main__':
    for what, value in figures(): print(f'{what:52} {value}')
    broken = list(broken_rules())
    print('\n'.join(broken) if '-v' in sys.argv else f'{len(broken)} places break a rule (-v lists them)')
    sys.exit(bool(broken))
