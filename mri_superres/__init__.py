"""3D MRI super resolution. All public names of the modules are here, too: `from mri_superres import Volume, upscale`.

Nothing is imported until it is used: `import mri_superres` is cheap, and reading DICOM does not load torch.
Which name lives in which module stands in `__init__.pyi`, for the loader as for editors and type checkers.
"""

__version__ = "0.2.0"

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
