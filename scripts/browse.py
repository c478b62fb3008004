"Look at the built site as a reader does, in a headless Chromium: tables, pictures, animations, search, links."
import argparse, base64, itertools, json, re, shutil, subprocess, sys, tempfile, time
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urldefrag, urljoin, urlparse
from urllib.request import Request, urlopen

from pages import REPOSITORY
from readme import ROOT

PAGES = ROOT / '_docs/html'
BROWSERS = 'chromium', 'chromium-browser', 'google-chrome', 'chrome'
OPTIONS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--window-size=1280,900',
           '--remote-debugging-port=0', '--remote-allow-origins=*', 'about:blank']
LOOKED_AT = ['index', 'paper', 'scan', 'developer', 'gallery', 'api/index', 'api/inference', '45_claims']
MOVING = ['index', 'gallery']
GIFS = 'document.querySelectorAll("img[src$=\'.gif\']")'
PIPES = re.compile(r'\| *:?-{3,}')  # what is left of a table that did not become one


class Found(HTMLParser):
    "The ids of a page, where it links to, and its text outside of code"
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.text, self.code = set(), [], '', 0
        self.feed(path.read_text(encoding='utf-8'))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.code += tag == 'pre'
        self.ids.add(attrs.get('id'))
        self.links += [attrs[name] for name in ('href', 'src') if attrs.get(name)]

    def handle_endtag(self, tag): self.code -= tag == 'pre'

    def handle_data(self, data): self.text += '' if self.code else data


def unlinked():
    "A line for each link inside the site that leads nowhere, and each table that stayed text"
    pages = {path: Found(path) for path in PAGES.rglob('*.html') if '_static' not in path.parts}
    for path, page in pages.items():
        here = path.relative_to(PAGES)
        if PIPES.search(page.text): yield f'{here}: a table is raw pipes'
        for link in page.links:
            if link.startswith(REPOSITORY):
                name = urldefrag(link)[0].removeprefix(REPOSITORY)
                if not (ROOT / name).exists(): yield f'{here}: {name} is not in the repository'
                continue
            address, part = urldefrag(link)
            if urlparse(link).scheme or link.startswith('//'): continue
            target = (path.parent / unquote(urlparse(address).path)).resolve() if address else path
            if target.is_dir(): target /= 'index.html'
            if not target.exists(): yield f'{here}: {link} is not there'
            elif part and target in pages and unquote(part) not in pages[target].ids: yield f'{here}: no place {link}'


class Tab:
    "A tab of a browser, driven by Chrome's own protocol"
    def __init__(self, browser, folder):
        from websocket import create_connection
        self.process = subprocess.Popen([browser, f'--user-data-dir={folder}', *OPTIONS], stderr=subprocess.DEVNULL)
        port = self.until(lambda: (Path(folder) / 'DevToolsActivePort').read_text().split()[0], FileNotFoundError)
        with urlopen(Request(f'http://127.0.0.1:{port}/json/new', method='PUT')) as answer: about = json.load(answer)
        self.socket, self.numbers = create_connection(about['webSocketDebuggerUrl'], timeout=60), itertools.count()
        self.call('Page.enable')

    @staticmethod
    def until(what, *errors, seconds=60):
        "What a function returns as soon as it is true; errors count as false"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if found := what(): return found
            except errors: pass
            time.sleep(0.1)
        raise TimeoutError(f'the browser did not get there in {seconds} s')

    def call(self, method, **params):
        "The answer to a command of the protocol"
        number = next(self.numbers)
        self.socket.send(json.dumps(dict(id=number, method=method, params=params)))
        while (answer := json.loads(self.socket.recv())).get('id') != number: pass
        if 'error' in answer: raise RuntimeError(f'{method}: {answer["error"]}')
        return answer['result']

    def ask(self, script):
        "The value of a JavaScript expression on the page"
        found = self.call('Runtime.evaluate', expression=script, returnByValue=True, awaitPromise=True)['result']
        return found.get('value')

    def open(self, address):
        self.call('Page.navigate', url=address)
        self.until(lambda: self.ask(f'location.href === {json.dumps(address)} && document.readyState === "complete"'))

    def picture(self, clip=None):
        "A screenshot, PNG"
        more = dict(clip=dict(scale=1, **clip), captureBeyondViewport=True) if clip else {}
        return base64.b64decode(self.call('Page.captureScreenshot', **more)['data'])

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)


def pictures(tab, where):
    "A line for each picture of the site on the open page that did not load"
    tab.ask('document.images.length && [...document.images].forEach(i => i.loading = "eager")')
    local = '[...document.images].filter(i => i.src.startsWith(location.origin))'
    try: tab.until(lambda: tab.ask(f'{local}.every(i => i.complete)'))
    except TimeoutError: pass
    for name in tab.ask(f'{local}.filter(i => !i.naturalWidth).map(i => i.src)'): yield f'{where}: {name} did not load'


def still(tab, where):
    "A line for each GIF on the open page that does not move"
    for i in range(tab.ask(f'{GIFS}.length')):
        gif = f'{GIFS}[{i}]'
        tab.ask(f'{gif}.scrollIntoView()')
        box = '({x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height})'
        clip = tab.ask(f'(r => {box})({gif}.getBoundingClientRect())')
        first = tab.picture(clip)
        try: tab.until(lambda: tab.picture(clip) != first, seconds=5)
        except TimeoutError: yield f'{where}: {tab.ask(f"{gif}.src")} does not play'


def looked(tab, site, shots):
    "A line for each thing that a reader would miss; screenshots of some pages go to the folder `shots`"
    for name in LOOKED_AT:
        tab.open(urljoin(site, f'{name}.html'))
        yield from pictures(tab, name)
        yield from still(tab, name) if name in MOVING else ()
        tab.ask('scrollTo(0, 0)')
        if shots: (shots / f'{name.replace("/", "_")}.png').write_bytes(tab.picture())
    tab.open(urljoin(site, 'index.html'))
    if tab.ask('document.querySelectorAll("article table").length') < 2: yield 'index: fewer than two tables'
    shown = len(list((ROOT / 'volume_animations').glob('*.gif')))
    tab.open(urljoin(site, 'gallery.html'))
    there = tab.ask(f'{GIFS}.length')
    if there != shown: yield f'gallery: {there} of {shown} animations'
    tab.open(urljoin(site, 'search.html?q=upscale'))
    results = '[...document.querySelectorAll("#search-results a")]'
    try: tab.until(lambda: tab.ask(f'{results}.some(a => a.href.includes("inference"))'))
    except TimeoutError: yield 'search: upscale is not found'
    if shots: (shots / 'search.png').write_bytes(tab.picture())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--shots', type=Path, help='folder for screenshots')
    args = parser.parse_args()
    browser, known = next(filter(None, map(shutil.which, BROWSERS)), None), ', '.join(BROWSERS)
    if not PAGES.is_dir(): parser.error('Expected the site in _docs/html; it is not there: make docs')
    if not browser: parser.error(f'Expected a browser out of {known}; none is installed: apt install chromium')
    if args.shots: args.shots.mkdir(parents=True, exist_ok=True)
    quiet = type('Quiet', (SimpleHTTPRequestHandler,), dict(log_message=lambda *_: None))
    server = ThreadingHTTPServer(('127.0.0.1', 0), partial(quiet, directory=PAGES))
    Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tab = Tab(browser, folder)
        try: found = [*unlinked(), *looked(tab, f'http://127.0.0.1:{server.server_port}/', args.shots)]
        finally: tab.close()
    print('\n'.join(found) or 'tables, pictures, animations, links and search are as they should be')
    sys.exit(bool(found))


if __name__ == '__main__': main()
