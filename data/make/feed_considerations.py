"""Makes samples/feed/special-considerations.{xml,json}: six invented registrations, four of which must never be shown.

The published dummies hold no setting marked ANON, WREF or MOD. These do, each with a name and postcode that a test
can look for on every public page. The JSON is the same feed after the usual translation from XML, with its traps:
one child is an object, several are a list, none is null or not there at all.
"""

import json
from xml.sax.saxutils import escape

from shared import DATA, write

NAMESPACE = "http://www.ofsted.gov.uk/Childcare/Registration/LocalAuthority"
SETTINGS = [
    ("EY993001", "CCN", "Open Door Example Nursery", "E15 4QZ", [], ["EYR", "CCR"]),
    ("EY993002", "CMR", "Hidden Anon Example", "E16 2FW", "ANON", ["EYR"]),
    ("EY993003", "CCN", "Hidden Refuge Example", "E7 8AB", ["WREF"], ["EYR", "CCR", "VCR"]),
    ("EY993004", "CCN", "Hidden Barracks Example", "E6 1AA", ["MOD", "ANON"], ["EYR"]),
    ("EY993006", "CCD", "Hidden Both Example", "E12 5AA", "ANON MOD", ["EYR"]),
    ("EY993005", "HCR", "Home Carer Example", "E13 9AA", [], ["VCR"]),
]


def several(items):
    """What a plain XML-to-JSON translation makes of a list of children."""
    return None if not items else items[0] if len(items) == 1 else items


def registration(urn, kind, name, postcode, marks, registers):
    address = {
        "AddressLine1": f"{int(urn[-1])} Secret Road" if marks else "1 Example Road",
        "Town": "London",
        "Postcode": postcode,
    }
    out = {
        "ReferenceNumber": urn,
        "RPReferenceNumber": "RP99" + urn[-4:],
        "ProvisionType": kind,
        "Provider": {"ProviderName": f"{name} Ltd", "ProviderAddress": address},
        "Setting": {"SettingName": name, "SettingAddress": address},
        "RegistrationStatus": "ACTV",
    }
    if marks:
        # The schema calls it a string; the feed's other lists are nested: an importer should read either.
        out["SpecialConsiderations"] = marks if isinstance(marks, str) else {"SpecialConsideration": several(marks)}
    out["RegistrationDate"] = "2019-04-01"
    out["ChildServicesRegisterList"] = {
        "ChildServicesRegister": several(
            [{"Register": r, "Status": "REGD", "StartDate": "2019-04-01"} for r in registers]
        )
    }
    out["InspectionList"] = None
    out["LastChangeDate"] = "2025-11-20"
    return out


def xml(tag, value):
    if isinstance(value, list):
        return "".join(xml(tag, item) for item in value)
    if value is None:
        return f"<{tag} />"
    inner = "".join(xml(k, v) for k, v in value.items()) if isinstance(value, dict) else escape(value)
    return f"<{tag}>{inner}</{tag}>"


def main():
    authority = {"LocalAuthorityCode": "316", "LocalAuthorityName": "Newham"}
    extract = {"ExtractDateTime": "2025-12-01T05:30:46", "LocalAuthority": authority}
    body = {"Extract": extract, "Registration": [registration(*s) for s in SETTINGS]}
    root = "OfstedChildcareRegisterLocalAuthorityExtract"
    text = json.dumps({root: {"@xmlns": NAMESPACE, **body}}, indent=1, ensure_ascii=False) + "\n"
    write(DATA / "samples/feed/special-considerations.json", text)
    inner = "".join(xml(k, v) for k, v in body.items()).replace("<Registration>", "\n<Registration>")
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">{inner}\n</{root}>\n'
    write(DATA / "samples/feed/special-considerations.xml", text)


main()
