"Packaging, read from settings.ini, which nbdev also reads."
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup

parser = ConfigParser(delimiters=['='], interpolation=None)
parser.read('settings.ini', encoding='utf-8')
cfg = parser['DEFAULT']
EXTRAS = 'dev', 'docs', 'codecs', 'raw', 'train', 'cluster', 'bids', 'bench', 'notebook'
scripts = cfg.get('console_scripts', '').split()

setup(
    name=cfg['lib_name'], version=cfg['version'], description=cfg['description'], keywords=cfg['keywords'].split(),
    author=cfg['author'], author_email=cfg['author_email'], license='Apache-2.0',
    url=f"https://github.com/{cfg['user']}/{cfg['repo']}",
    long_description=Path('README.md').read_text(encoding='utf-8'), long_description_content_type='text/markdown',
    classifiers=['Development Status :: 3 - Alpha', 'Intended Audience :: Science/Research',
                 'Programming Language :: Python :: 3', 'Topic :: Scientific/Engineering :: Medical Science Apps.'],
    packages=find_packages(include=['mri_superres', 'mri_superres.*']), include_package_data=True,
    package_data={cfg['lib_name']: ['weights/*', 'page/*', '*.pyi', 'py.typed']},
    python_requires=f">={cfg['min_python']}", install_requires=cfg['requirements'].split(),
    extras_require={name: cfg[f'{name}_requirements'].split() for name in EXTRAS}, zip_safe=False,
    entry_points={'console_scripts': scripts, 'nbdev': [f"{cfg['lib_name']}={cfg['lib_name']}._modidx:d"]},
)
