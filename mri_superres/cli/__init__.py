"""The commands. Each module is imported when one of its commands is called: `--help` loads neither torch nor numpy."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        'console': [
            'CommandError', '_check_target', '_check_writable', '_described', '_kind', '_number', '_one_or_three',
            '_parser', '_run', '_SUFFIXES', '_read', '_write',
        ],
        'scan': ['superres_upscale', 'superres_series', 'superres_degrade', 'superres_compare'],
        'train': ['superres_train'],
        'batch': ['superres_batch'],
        'raw': ['superres_knees', 'superres_reconstruct'],
        '__main__': ['main'],
    },
)
