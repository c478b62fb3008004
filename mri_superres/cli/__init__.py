"""The commands. Each module is imported when one of its commands is called: `--help` loads neither torch nor numpy."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        '__main__': ['main'],
        'batch': ['superres_batch'],
        'bids': ['superres_bids'],
        'console': ['CommandError'],
        'grid': ['superres_resample'],
        'raw': ['superres_knees', 'superres_reconstruct'],
        'scan': ['superres_upscale', 'superres_series', 'superres_degrade', 'superres_compare'],
        'train': ['superres_train'],
    },
)
