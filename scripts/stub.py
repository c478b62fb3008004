"Write mri_superres/__init__.pyi, the public names of each module, from the `__all__` that nbdev writes at its head."
import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / 'mri_superres'
COMMANDS = 'cli'  # its names are programs, not functions to import


def exported(path):
    "The `__all__` of a module, which is read and not run"
    for node in ast.parse(path.read_text(encoding='utf-8')).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], 'id', '') == '__all__': return ast.literal_eval(node.value)
    return []


def modules():
    "{module, with a dot for each folder: its file} of the library"
    paths = sorted(p for p in PACKAGE.rglob('*.py') if not p.name.startswith('_'))
    return {'.'.join(p.relative_to(PACKAGE).with_suffix('').parts): p for p in paths}


def stub():
    "The text of the stub: a name that several modules offer belongs to the one that defines it"
    found = modules()
    rooms = sorted({name.split('.')[0] for name in found} | {COMMANDS})
    lines = ['# written by scripts/stub.py from the modules: do not edit', f'from . import {", ".join(rooms)}']
    for name, path in found.items():
        if name.split('.')[0] == COMMANDS: continue
        own = {node.name for node in ast.parse(path.read_text(encoding='utf-8')).body if hasattr(node, 'name')}
        constants = {n for n in exported(path) if n.isupper()}
        lines += [f'from .{name} import {n} as {n}' for n in exported(path) if n in own | constants]
    return '\n'.join(lines) + '\n'


if __name__ == '__main__':
    (PACKAGE / '__init__.pyi').write_text(stub(), encoding='utf-8')
