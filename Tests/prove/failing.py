"""How a part says that something does not hold."""


class Failed(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Failed(what)
