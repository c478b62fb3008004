"`python -m mri_superres COMMAND ...` is `python -m mri_superres.cli COMMAND ...`; without a command it lists them."

import sys
from .cli.__main__ import main

if __name__ == '__main__':
    sys.exit(main())
