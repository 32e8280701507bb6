"""What the scripts in this folder share: reading and writing so that the same input gives the same bytes."""

import csv
import gzip
import io
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent


def read_bytes(path):
    """The bytes of a file, unpacked when its name ends in .gz."""
    raw = Path(path).read_bytes()
    return gzip.decompress(raw) if str(path).endswith(".gz") else raw


def read_rows(path):
    """All records of a CSV file as lists of text, header first."""
    return list(csv.reader(io.StringIO(read_bytes(path).decode("utf-8-sig"), newline="")))


def csv_text(rows, ending="\n"):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ending).writerows(rows)
    return out.getvalue()


def write(path, content, encoding="utf-8"):
    """Writes text or bytes; a .gz name is packed without name or time, so the bytes can be made again."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode(encoding) if isinstance(content, str) else content
    if path.suffix == ".gz":
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as out:
            out.write(raw)
        raw = packed.getvalue()
    path.write_bytes(raw)
    shown = path.relative_to(DATA) if path.is_relative_to(DATA) else path
    print(f"{len(raw):>10,} bytes  {shown}")
