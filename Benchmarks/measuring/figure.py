"""One line of the table: what we measured, beside what, and what was promised."""
import dataclasses
import statistics


@dataclasses.dataclass
class Figure:
    benchmark: str
    work: str
    # The figure that is held against the target: a ratio ("x"), or memory ("MB"), or time where only time will do.
    value: float | None
    unit: str
    # "at most", "under", "at least" or "over", with the figure promised.
    relation: str
    target: float
    ours: str = ""
    peer: str = ""
    note: str = ""
    details: dict = dataclasses.field(default_factory=dict)

    @property
    def met(self):
        if self.value is None:
            return False
        return {
            "at most": self.value <= self.target, "under": self.value < self.target,
            "at least": self.value >= self.target, "over": self.value > self.target,
        }[self.relation]

    @property
    def promised(self):
        return f"{self.relation} {self.target:g} {self.unit}".strip()

    @property
    def verdict(self):
        if self.value is None:
            return "not measured"
        if self.met:
            return "met"
        return f"missed: {shown(self.value, self.unit, like=self.target)}, target {self.target:g} {self.unit}".rstrip()

    def as_json(self):
        return {
            "benchmark": self.benchmark, "work": self.work, "value": self.value, "unit": self.unit,
            "relation": self.relation, "target": self.target, "met": self.met, "verdict": self.verdict,
            "ours": self.ours, "peer": self.peer, "note": self.note, "details": self.details,
        }


def shown(value, unit, like=None):
    """`3.42 x`. With `like`, as many digits as that other figure has, and as it takes not to look the same."""
    if value is None:
        return "-"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    if like is not None:
        digits = max(digits, len(f"{like:g}".partition(".")[2]))
        while value != like and round(value, digits) == like and digits < 6:
            digits += 1
    text = f"{value:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}".strip()


def middle(values):
    return statistics.median(values)


def spread(values):
    """The measured values, for the JSON file: the reader may want more than the median."""
    return [round(v, 4) for v in values]


def table(figures):
    """The figures as text: one line each, and below it what is worth knowing."""
    head = ["work", "ours", "peer", "figure", "target", "verdict"]
    rows = [[f.work, f.ours, f.peer, shown(f.value, f.unit, like=f.target), f.promised, f.verdict] for f in figures]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(5)]
    lines = []
    for row, figure in zip([head, *rows], [None, *figures]):
        lines.append("  ".join([*(text.ljust(width) for text, width in zip(row, widths)), row[5]]).rstrip())
        if figure is None:
            lines.append("-" * (sum(widths) + 10 + max(len(r[5]) for r in rows)))
        elif figure.note:
            lines.append(f"    {figure.note}")
    return "\n".join(lines)
