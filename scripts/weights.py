"Write docs/weights.md, the model cards of the weights that ship, from the cards beside them. With --check, only compare."
import json, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS, PAGE = ROOT / 'mri_superres/weights', ROOT / 'docs/weights.md'
HEAD = '''<!-- written from the cards in mri_superres/weights by scripts/weights.py -->
# The weights that ship

Research software, not a medical device: a network can invent detail. Do not diagnose from its output.

Each file of weights has a card beside it, a JSON text with its checksum; this page shows what the cards say. A weights file can run no code. By its name:

```python
from mri_superres import load_model

model = load_model('told')
print(model.card['training_data'])
```

On the command line it is `superres_upscale scan.nii.gz better.nii.gz --weights told`, which is the default: it is told blur and noise, or they are estimated
from the scan. `fast_mse` and `fast_perceptual` are from before: they guess, and lose to a Wiener filter that is told. A scan that is unlike those of training is told in a warning; that
there is none is no promise, as anatomy and artefacts are not measured. Weights trained on your own kind of scan do better:
`superres_train folder --out my.safetensors`. How these were trained, and how far they carry, stands in
[60_shipped_weights](../nbs/60_shipped_weights.ipynb); they have the licence of the package, Apache 2.0.
'''
SETTINGS = {'told': 'told', 'tried_on': 'tried on', 'metrics': 'found there, dB and voxels', 'cannot': 'not for', 'loss': 'loss', 'training_data': 'trained on', 'acquisition': 'acquisition', 'blur_voxels': 'blur in training, voxels (standard deviation)',
            'noise': 'noise in training, share of bright tissue', 'updates': 'updates', 'minutes': 'minutes of training', 'batch': 'blocks an update',
            'block': 'side of a block, voxels', 'lr': 'highest learning rate', 'seed': 'seed'}
KNOWN = {'voxel_mm': 'side of a voxel, mm', 'foreground': 'share of voxels that are tissue', 'median': 'median of tissue (1: the brightest)',
         'bright': '99th percentile of tissue (1: the brightest)', 'entropy': 'entropy of the histogram of tissue, bits', 'negative': 'share of voxels below 0',
         'noise': 'noise in tissue (1: the brightest)', 'blur_voxels': 'blur, voxels', 'roughness': 'roughness'}


def said(value):
    "A value of a card in a cell of a table"
    if isinstance(value, dict): return ', '.join(f'{k} {said(v)}' for k, v in value.items() if v is not None)
    if isinstance(value, list): return ' to '.join(map(said, value)) if len(value) == 2 else ', '.join(map(said, value))
    if isinstance(value, float): return f'{value:g}'
    return str(value).replace('|', '\\|')


def table(*lines):
    "A markdown table; the first line is the heading"
    lines = [lines[0], ['---'] * len(lines[0]), *lines[1:]]
    return '\n'.join('| ' + ' | '.join(line) + ' |' for line in lines)


def scores(card):
    "The table of scans that took no part in training, where the card has one"
    psnr, before = card.get('psnr'), card.get('psnr_input', {})
    if not isinstance(psnr, dict): return ''
    rows = [[name, f'{before[name]:.2f}' if name in before else '-', f'{value:.2f}'] for name, value in psnr.items()]
    return 'PSNR in tissue of scans that took no part in training, dB:\n\n' + table(['scan', 'as acquired', 'restored'], *rows)


def card_text(path):
    "One weights file as a section"
    card = json.loads(path.with_suffix('.json').read_text(encoding='utf-8'))
    size, machine = path.stat().st_size, card.get('machine') or {}
    ran = machine.get('gpu') or machine.get('cpu')
    network = [['network', f'{card["architecture"]}: {said(card["config"])}'], ['size', f'{size / 1e6:.2f} MB, about {round(size / 4e3):,} thousand numbers']]
    rows = network + [[title, said(card[key])] for key, title in SETTINGS.items() if card.get(key) is not None]
    if ran: rows.append(['trained on the machine', f'{ran}, {machine.get("cores")} cores, torch {machine.get("torch")}'])
    rows.append(['sha256', f'`{card["sha256"]}`'])
    parts = [f'## {path.stem}', table(['', ''], *rows)]
    if text := scores(card): parts.append(text)
    if ranges := card.get('trained_for'):
        known = [[KNOWN.get(name, name), said(r)] for name, r in ranges.items()]
        parts.append('Scans that it knows, as they are measured before it is asked:\n\n' + table(['', 'range'], *known))
    return '\n\n'.join(parts)


def page():
    "The text of the page"
    return HEAD + '\n' + '\n\n'.join(map(card_text, sorted(WEIGHTS.glob('*.safetensors')))) + '\n'


def stale():
    "A line where the page is not what the cards say"
    if not PAGE.exists() or PAGE.read_text(encoding='utf-8') != page(): yield 'docs/weights.md is not what the cards say: run scripts/weights.py'


if __name__ == '__main__':
    if '--check' in sys.argv[1:]: sys.exit('\n'.join(stale()))
    PAGE.write_text(page(), encoding='utf-8')
