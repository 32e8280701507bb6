"""Takes pictures of pages, to be looked at.

    .work/venv/bin/python Tests/browser/look.py http://127.0.0.1:8080 / /settings
    .work/venv/bin/python Tests/browser/look.py http://127.0.0.1:8080 --pages Tests/browser/pages.json --only search

Phone (390 x 844) and desktop (1280 x 900), light and dark, whole pages, into .work/look. --print adds what a printer
would get, --zoom 200 a desktop page at twice the size, --screen only what fits the screen.
"""

import argparse
import re
from pathlib import Path

from chromium import Visitor, chromium, new_page, states_of

LOOK = Path(__file__).resolve().parents[2] / ".work" / "look"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--pages")
    parser.add_argument("--only", default="")
    parser.add_argument("--print", action="store_true", dest="printed")
    parser.add_argument("--zoom", type=int, default=100)
    parser.add_argument("--screen", action="store_true")
    options = parser.parse_args()

    nothing = {"name": "", "do": [], "status": 200, "expect": None}
    wanted = [({"name": path, "path": path}, nothing) for path in options.paths]
    if options.pages:
        named = states_of(options.pages)
        wanted += [(p, s) for p, s in named if options.only.lower() in f"{p['name']}: {s['name']}".lower()]
    LOOK.mkdir(parents=True, exist_ok=True)
    scale = options.zoom / 100
    views = [("desktop", round(1280 / scale), round(900 / scale)), ("phone", 390, 844)]
    with chromium() as browser:
        visitor = Visitor(new_page(browser), options.base)
        tab = visitor.page
        for page, state in wanted:
            stem = re.sub(r"[^a-z0-9]+", "-", f"{page['name']} {state['name']}".lower()).strip("-") or "home"
            tab.set_viewport_size({"width": 1280, "height": 900})
            for trouble in visitor.open(page, state):
                print(f"  {stem}: {trouble}")
            for view, width, height in views:
                tab.set_viewport_size({"width": width, "height": height})
                for scheme in ("light", "dark"):
                    tab.emulate_media(color_scheme=scheme, media="screen")
                    target = LOOK / f"{stem}-{view}-{scheme}.png"
                    tab.screenshot(path=target, full_page=not options.screen)
                    print(target.relative_to(LOOK.parents[1]))
            if options.printed:
                tab.emulate_media(media=None)
                target = LOOK / f"{stem}.pdf"
                tab.pdf(path=target, format="A4", print_background=True)
                print(target.relative_to(LOOK.parents[1]))


if __name__ == "__main__":
    main()
