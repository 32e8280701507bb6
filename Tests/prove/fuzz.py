"""Part 1: more than ten thousand hostile requests, and every answer is one we would show to anybody."""

from failing import expect
from fuzz_api import fuzz_api
from fuzz_forms import fuzz_forms
from selftest import selftest

LEAST = 10_000


def fuzz(ground, seed):
    bad = selftest()
    api, api_lines = fuzz_api(ground, seed)
    forms, form_lines = fuzz_forms(ground, seed)
    expect(api + forms >= LEAST, f"only {api + forms} requests were made: {LEAST} are promised")
    return [
        f"{api + forms} requests: no 5xx, none without an answer, no inside shown, security headers on each, no form without token taken",
        f"the judge itself was shown {bad} bad answers and let none pass", *api_lines, *form_lines,
    ]
