"""3D MRI super resolution. All public names of the modules are here, too: `from mri_superres import Volume, upscale`.

Nothing is imported until it is used: `import mri_superres` is cheap, and reading DICOM does not load torch.
"""
__version__ = "0.1.0"

from functools import cache as _cache
from typing import TYPE_CHECKING as _TYPE_CHECKING

_MODULES = ('files', 'volume', 'dicom', 'phantom', 'acquisition', 'metrics', 'baselines', 'data', 'model', 'loss', 'learner', 'inference', 'animation',
            'rawdata', 'experiment', 'fidelity', 'dicom_write', 'report', 'synthetic', 'knees') # the commands are in `cli`

if _TYPE_CHECKING: # for editors and type checkers, which do not run what follows
    from .files import *; from .volume import *; from .dicom import *; from .phantom import *; from .acquisition import *; from .metrics import *
    from .baselines import *; from .data import *; from .model import *; from .loss import *; from .learner import *
    from .inference import *; from .animation import *; from .rawdata import *; from .experiment import *; from .fidelity import *
    from .dicom_write import *; from .report import *; from .synthetic import *; from .knees import *


@_cache
def _public():
    "{public name: its module}, from the `__all__` at the head of each module, which is read and not run"
    import ast, re
    from importlib.util import find_spec
    names = {}
    for module in _MODULES:
        spec = find_spec(f'{__name__}.{module}')
        found = spec and re.search(r"^__all__ = (\[.*?\])$", spec.loader.get_source(spec.name), re.M | re.S)
        if found: names.update((name, module) for name in ast.literal_eval(found[1]) if name not in names and name not in _MODULES)
    return names


def __getattr__(name):
    from importlib import import_module
    if name in _MODULES or name == 'cli': return import_module(f'{__name__}.{name}')
    if name.startswith('__') or name not in _public(): raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    value = globals()[name] = getattr(import_module(f'{__name__}.{_public()[name]}'), name)
    return value


def __dir__(): return sorted({*globals(), *_MODULES, 'cli', *_public()})
