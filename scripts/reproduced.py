"Write the page and the summary of a run of `scripts/reproduce.py`."
import base64, html, io, json, os, re
from pathlib import Path

STYLE = '''body { font: 16px/1.55 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
h1 { font-size: 1.7rem } h2 { font-size: 1.25rem; margin-top: 2.2rem } table { border-collapse: collapse; font-size: .85rem; display: block; overflow-x: auto }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top } th { background: #f3f3f3 }
figure { margin: 1rem 0 } figcaption { color: #555; font-size: .9rem } img { max-width: 100%; height: auto } ul.lines { padding-left: 1.1rem }
.gifs { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1rem }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #161616 } th { background: #262626 } th, td { border-color: #444 }
a { color: #8ab4f8 } figcaption { color: #aaa } img.plot { background: #fff } }'''
WIENER = 'Wiener, blur known'


def inline(text):
    "A line of markdown as HTML: bold, code and links to pages elsewhere"
    text = re.sub(r'\*\*(.+?)\*\*', r'<b>\1</b>', html.escape(text, quote=False))
    text = re.sub(r'\[([^]]+)\]\((https?://[^)]+)\)', r'<a href="\2">\1</a>', text)
    return re.sub(r'`(.+?)`', r'<code>\1</code>', text)


def table(markdown):
    "A markdown table as HTML"
    rows = [[c.strip().replace('\\|', '|') for c in re.split(r'(?<!\\)\|', line.strip())[1:-1]] for line in markdown.splitlines()]
    head, body = rows[0], rows[2:]
    cells = lambda row, tag: ''.join(f'<{tag}>{inline(c)}</{tag}>' for c in row)
    return f'<table><tr>{cells(head, "th")}</tr>' + ''.join(f'<tr>{cells(r, "td")}</tr>' for r in body) + '</table>'


def results_of(out, data):
    "{kind: what a run found} of the run's results"
    found = {path.name.removesuffix(f'_{data}_results.json'): path for path in out.glob(f'*_{data}_results.json')}
    return {kind: json.loads(path.read_text(encoding='utf-8')) for kind, path in found.items()}


def verdict_lines(results):
    "What was found, in a few lines"
    from mri_superres.experiment import difference, means, show_difference
    rows, mse = results['compare']['rows'], results['mse']
    dB, mm = means(rows), means(rows, 'resolution')
    gain = dB['MSE'] - dB[WIENER]
    beats = 'beats it' if gain >= 0.5 else 'beats it by less than 0.5 dB' if gain > 0 else 'does not beat it'
    yield f'the fast acquisition      {dB["input"]:.2f} dB, {mm["input"]:.2f} mm'
    yield f'Wiener filter, told blur  {dB[WIENER]:.2f} dB, {mm[WIENER]:.2f} mm'
    yield f'network, MSE              {dB["MSE"]:.2f} dB, {mm["MSE"]:.2f} mm: {gain:+.2f} dB against the filter, so it {beats}'
    more = means(mse['rows'])
    flips, told = more.get('MSE, 8 flips'), more.get('MSE, blur known')
    longer, perceptual = 'MSE, longer', 'MSE, then + perceptual'
    if perceptual in dB:
        closer, finer = (show_difference(difference(rows, perceptual, longer, s), s) for s in ('psnr', 'resolution'))
        yield f'perceptual loss, equal updates more: {closer}, {finer} (95 % over patients)'
    if flips: yield f'network, averaged over 8 mirror images: {flips:.2f} dB'
    if told: yield f'network that is told the blur as well: {told:.2f} dB'


def png(figure):
    "A matplotlib figure as text for an <img>"
    room = io.BytesIO()
    figure.savefig(room, format='png', dpi=110)
    return 'data:image/png;base64,' + base64.b64encode(room.getvalue()).decode()


def curves(out, data):
    "The training of the run's networks as a figure, None where they are not there"
    from mri_superres.card import load_model
    from mri_superres.experiment import show_training
    kinds = {'mse': 'MSE', 'mse_longer': 'MSE, longer', 'perceptual': 'MSE, then + perceptual', 'perceptual_scratch': 'MSE + perceptual'}
    paths = {title: out / f'{kind}_{data}.safetensors' for kind, title in kinds.items()}
    networks = {title: load_model(path) for title, path in paths.items() if path.is_file()}
    return show_training(networks) if networks else None


def as_html(out, names):
    "Each executed notebook as a page of its own, where nbconvert is there; {name: file}"
    try: from nbconvert import HTMLExporter
    except ImportError: return {name: f'{name}.ipynb' for name in names}
    for name in names:
        body, _ = HTMLExporter(exclude_input_prompt=True, exclude_output_prompt=True).from_filename(str(out / f'{name}.ipynb'))
        (out / f'{name}.html').write_text(body, encoding='utf-8')
    return {name: f'{name}.html' for name in names}


def page(out, data, runs, lines, results):
    "The text of the page"
    from mri_superres.experiment import SCORES, mean_table, score_table
    rows, kind = results['compare']['rows'], results['compare']['kind']
    claims = results.get('claims')
    gifs = sorted(out.glob(f'*_{data}_*.gif'))
    figure = curves(out, data)
    pages = as_html(out, [name for name in runs if (out / f'{name}.ipynb').is_file()])
    parts = ['<h1>The paper, reproduced</h1>', '<ul class="lines">', *(f'<li>{html.escape(line.strip())}</li>' for line in lines), '</ul>']
    scores = [s for s in SCORES if s in rows[0]]
    parts += [f'<h2>Every method on held-out {kind}s</h2>', table(mean_table(rows, scores))]
    shown = [f'<figure><img alt="{g.stem}" src="{g.name}"><figcaption>{g.stem.replace("_", " ")}</figcaption></figure>' for g in gifs]
    parts += ['<h2>Slice by slice</h2><div class="gifs">', *shown, '</div>', '<h2>Patient by patient</h2>', table(score_table(rows, patient=kind))]
    parts += ['<h2>The claims</h2>', table(claims['table']), f'<p>{html.escape(claims["about"])}.</p>'] if claims else []
    if figure: parts += ['<h2>Training</h2>', f'<figure><img class="plot" alt="training loss and validation PSNR" src="{png(figure)}">'
                         '<figcaption>Training loss (losses of different kinds are not to be compared) and PSNR on validation patients.</figcaption></figure>']
    links = [f'<li><a href="{file}">{name}</a> (<a href="{name}.ipynb">notebook</a>)</li>' for name, file in pages.items()]
    weights = [f'<li><a href="{p.name}">{p.name}</a>, <a href="{p.stem}.json">its card</a></li>' for p in sorted(out.glob(f'*_{data}.safetensors'))]
    parts += ['<h2>The notebooks as they ran</h2><ul>', *links, '</ul>', '<h2>Weights</h2><ul>', *weights, '</ul>']
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The paper, reproduced</title><style>{STYLE}</style>\n' + '\n'.join(parts) + '\n</html>\n'


def write(out, data, runs, minutes):
    "Write OUT/index.html; the lines of the summary"
    results = results_of(out, data)
    compare = results['compare']
    first = f'Done in {minutes:.1f} minutes: {data}, {compare["updates"]["MSE"]} updates (budget {compare["budget"]:g}), on {compare["machine"]["gpu"] or compare["machine"]["cpu"]}, {compare["machine"]["cores"]} cores.'
    found = list(verdict_lines(results))
    verdicts = [c['verdict'] for c in results['claims']['claims']] if 'claims' in results else []
    judged = [f'claims: {sum(v.startswith(("reproduced", "shown")) for v in verdicts)} of {len(verdicts)} shown, all or in part; the table says which'] if verdicts else []
    (out / 'index.html').write_text(page(out, data, runs, [first, *found, *judged], results), encoding='utf-8')
    where = os.path.relpath(out)
    lines = [first, f'On {len(compare["test"])} {compare["kind"]}s that took no part in training (PSNR in tissue; resolution as half-period):']
    lines += [f'  {line}' for line in found + judged]
    return lines + [f'Weights with cards: {where}/*.safetensors, for superres_upscale --weights', f'Open {where}/index.html']
