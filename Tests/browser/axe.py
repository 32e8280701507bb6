"""Every page in every state through axe-core, light and dark, 320 and 1280 pixels wide.

    .work/venv/bin/python Tests/browser/axe.py http://127.0.0.1:8080 --pages Tests/browser/pages.json [--only WORDS]

A state fails on any axe violation (WCAG 2.2 A and AA, and axe's best practices), on sideways scrolling, on anything
in the console (a blocked script or style under the content security policy is one), on a request that failed or went
to another server, on another status than expected. Prints a line for each state, then "N passed, N failed".
"""

import argparse
import sys
from importlib.resources import files

from chromium import Visitor, chromium, new_page, states_of
from playwright.sync_api import Error

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In this order each step changes one thing only.
VIEWS = [(1280, "light"), (1280, "dark"), (320, "dark"), (320, "light")]
# Elements that reach past the right edge and are not inside something that scrolls by itself.
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth, all = document.scrollingElement.scrollWidth;
  if (all <= room) return [];
  const scrolls = e => e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  const name = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + [...e.classList].map(c => '.' + c).join('');
  const wide = [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > room + 1 && !scrolls(e.parentElement));
  return [all + ' px of content in ' + room + ': ' + wide.slice(0, 4).map(name).join(', ')];
}"""


def violations(page):
    """What axe finds on the page as it stands, one line for each rule."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE + "; null")
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    lines = []
    for rule in found:
        nodes = rule["nodes"]
        where = "; ".join(" ".join(map(str, node["target"])) for node in nodes[:3])
        more = f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
        why = nodes[0].get("failureSummary", "").split("\n")[-1].strip()
        lines.append(f"{rule['id']}: {rule['help']} [{where}{more}] {why}")
    return lines


def examine(visitor, page, state):
    """All that is wrong with one state: {fault: [views it was seen in]}."""
    tab, faults = visitor.page, {}
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(color_scheme="light")
    try:
        troubles = list(visitor.open(page, state))
    except Error as error:
        troubles = [f"could not get there: {str(error).splitlines()[0]}"]
        return {trouble: ["all"] for trouble in troubles + visitor.troubles}
    already = len(visitor.troubles)
    for width, scheme in VIEWS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        for fault in violations(tab) + [f"scrolls sideways: {line}" for line in tab.evaluate(TOO_WIDE)]:
            faults.setdefault(fault, []).append(f"{width} {scheme}")
    for trouble in troubles + visitor.troubles[already:]:
        faults.setdefault(trouble, ["all"])
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base")
    parser.add_argument("--pages", required=True)
    parser.add_argument("--only", default="", help="states whose name has these words")
    options = parser.parse_args()
    passed = failed = 0
    with chromium() as browser:
        visitor = Visitor(new_page(browser), options.base)
        for page, state in states_of(options.pages):
            name = f"{page['name']}: {state['name']}"
            if options.only.lower() not in name.lower():
                continue
            faults = examine(visitor, page, state)
            print(f"{'FAIL' if faults else 'ok  '} {name}", flush=True)
            for fault, views in faults.items():
                everywhere = views == ["all"] or len(views) == len(VIEWS)
                print(f"     {fault}" + ("" if everywhere else f" ({', '.join(views)})"))
            passed, failed = passed + (not faults), failed + bool(faults)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
