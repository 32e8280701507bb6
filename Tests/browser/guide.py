"""Takes the pictures of the guide, of the demonstration as it runs.

    eyhub demo --port 8080, and then
    .work/venv/bin/python Tests/browser/guide.py http://127.0.0.1:8080

Each goes to docs/guide/pictures under the name of its page of the guide, and is shown there.
"""

import argparse
from pathlib import Path

from chromium import Visitor, chromium, new_page

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
HUB = "/staff/network/four-quarters-hub"
LEAD = "Leila Haddad, hub lead"
# By page of the guide: where it is taken, and what is pressed first.
PICTURES = {
    "network": (HUB, []),
    "campaigns": (f"{HUB}/campaigns", [["press", "Every childminder invited by name"]]),
    "members": (f"{HUB}/members", []),
    "pledges": (f"{HUB}/pledges", []),
    "champions": (f"{HUB}/champions", []),
    "roll-out": (f"{HUB}/rollout", []),
    "groups": (f"{HUB}/groups", []),
    "hosting": (f"{HUB}/hosting", []),
    "needs": (f"{HUB}/needs", []),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base")
    base = parser.parse_args().base
    (GUIDE / "pictures").mkdir(exist_ok=True)
    with chromium() as browser:
        visitor = Visitor(new_page(browser, 1000, 720), base)
        for name, (path, steps) in PICTURES.items():
            page = {"name": name, "path": path, "as": LEAD}
            for trouble in visitor.open(page, {"name": "", "do": steps, "status": 200, "expect": None}):
                raise SystemExit(f"{name}: {trouble}")
            target = GUIDE / "pictures" / f"{name}.png"
            visitor.page.screenshot(path=target)
            print(target.relative_to(GUIDE))


if __name__ == "__main__":
    main()
