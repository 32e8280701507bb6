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
