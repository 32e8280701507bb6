"""Our own check for schemathesis: what must hold of every answer (judge.py) holds of the API's too."""

import schemathesis
from client import Answer
from judge import faults


@schemathesis.check
def as_every_answer(context, response, case):
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    found = list(faults(Answer(response.status_code, headers, response.content), case.method))
    if found:
        raise AssertionError("; ".join(found))


# How long a body is, is read before there is a request at all; what is no number there is answered by the line, with an empty 400 and its
# end (WireTests sends many such). Here they would only stand in the way of asking the API.
FRAMING = {"content-length", "transfer-encoding"}


@schemathesis.hook
def filter_headers(context, headers):
    return not any(name.lower() in FRAMING for name in headers or {})
