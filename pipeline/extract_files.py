"""The files of a folder by table: whether each is complete, and how DuckDB reads it.

DuckDB reads a truncated gzip file as if it were complete, so this module checks every file.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from hashlib import md5
from pathlib import Path
from typing import IO, Any

from pipeline.csv_header import CsvHeader, header_of

# The format of a file, by the end of its name in lower case.
READERS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".csv.gz": "csv",
    ".tsv.gz": "csv",
}
READABLE = re.compile(r"(?P<table>.+?)(?P<ending>\.parquet|\.[ct]sv(?:\.gz)?)", re.DOTALL)
# A folder that contains such a folder also holds deleted rows.
TABLE_FORMATS = {"_delta_log": "Delta", ".hoodie": "Hudi", "metadata": "Iceberg"}
# Formats that DuckDB would read as text, by the first bytes of the file.
OTHER_FORMATS = {
    b"\x1f\x8b": "is compressed by gzip: let its name end in .gz",
    b"PK\x03\x04": "is a ZIP archive or an Excel file: export it as CSV",
    b"\xff\xfe": "is text in UTF-16: export it as UTF-8",
    b"\xfe\xff": "is text in UTF-16: export it as UTF-8",
    b"PAR1": "is a Parquet file: let its name end in .parquet",
}
# DuckDB reads a backslash as a slash.
BACKSLASH = "has a backslash in its path: give it another name"
AGAIN = "load it again"
EMPTY = "is empty (0 bytes): load it again, or delete it if the table has no rows"
NO_HEADER = "has no line with column names: load it again"
PARQUET = b"PAR1"
CHUNK = 1 << 20
FIRST_BYTES = 1 << 16
# The header of a CSV file ends within this number of bytes.
LONGEST_HEADER = 1 << 25


def tables_in(folder: str, names: Sequence[str]) -> dict[str, Any]:
    """The files of a folder for each table in `names`, as the macro raw_file_rows reads them.

    `tables` maps a table's name to its `sources` (the file or folder, or several that compete),
    `files`, `keys` (the columns that its folders name) and `flaws`. `unread` lists unreadable
    entries whose names begin with a table's name.
    """
    found: dict[str, Any] = {"tables": {}, "unread": []}
    place = Path(folder)
    if not place.is_dir():
        return found
    wanted = {name.lower(): name for name in names}
    for entry in sorted(place.iterdir(), key=lambda path: path.name):
        table = wanted.get(_table_of(entry).lower())
        files = list(_parts(entry)) if table and entry.is_dir() else [entry] if table else []
        readable = [file for file in files if _format(file)]
        if table and readable:
            _add(found["tables"], table, entry, readable)
            found["unread"] += [str(file) for file in files if file not in readable]
        elif any(_begins_with(entry.name.lower(), name) for name in wanted):
            found["unread"].append(f"{entry}/" if entry.is_dir() else str(entry))
    return found


def flaw_of(file: Path) -> str | None:
    """The flaw of a file, as a phrase that follows its name. None for a good file.

    Reads a gzip file to its end and compares its checksum, and only both ends of other files.
    """
    name = file.name.lower()
    if "\\" in str(file):
        return BACKSLASH
    try:
        size = file.stat().st_size
        if size == 0:
            return EMPTY
        if name.endswith(".parquet"):
            return _flaw_of_parquet(file, size)
        if name.endswith(".gz"):
            return _flaw_of_gzip(file)
        with file.open("rb") as opened:
            begin = opened.read(4)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    return next((flaw for start, flaw in OTHER_FORMATS.items() if begin.startswith(start)), None)


def _table_of(entry: Path) -> str:
    # Spark writes folders whose names end like those of files.
    parts = READABLE.fullmatch(entry.name.lower())
    return parts["table"] if parts else entry.name


def _begins_with(name: str, table: str) -> bool:
    """Whether a name begins with the table's name as a whole word."""
    return name.startswith(table) and not name[len(table) :][:1].isalpha()


def _parts(folder: Path) -> Iterator[Path]:
    """The files of a folder of parts, at any depth, without hidden ones of Spark and others."""
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name.startswith(("_", ".")):
            continue
        if entry.is_dir():
            yield from _parts(entry)
        else:
            yield entry


def _format(file: Path) -> str:
    parts = READABLE.fullmatch(file.name.lower())
    return READERS[parts["ending"]] if parts else ""


def _add(tables: dict[str, Any], table: str, source: Path, files: list[Path]) -> None:
    """Record that `source`, a file or a folder, holds the table in these files."""
    found = tables.setdefault(table, {"sources": [], "files": [], "keys": [], "flaws": []})
    found["sources"].append(str(source))
    kinds = [kind for name, kind in TABLE_FORMATS.items() if (source / name).exists()]
    if kinds:
        found["flaws"].append(f"{source} is a table of {kinds[0]}: export its rows as Parquet")
    elif len({_format(file) for file in files}) > 1:
        found["flaws"].append(f"{source} holds CSV and Parquet files: keep those of one kind")
    else:
        keys = {tuple(_keys(file.relative_to(source).parts[:-1])) for file in files}
        found["keys"] = list(keys.pop()) if len(keys) == 1 else []
        for file in files:
            flaw, described = _examined(file)
            found["files"].append(described)
            found["flaws"] += [f"{file} {flaw}"] if flaw else []


def _examined(file: Path) -> tuple[str | None, dict[str, Any]]:
    described = {"path": str(file), "format": _format(file)}
    flaw = flaw_of(file)
    if flaw or described["format"] != "csv":
        return flaw, described
    header = _header(file)
    if header is None:
        return NO_HEADER, described
    return None, described | {
        "compression": "gzip" if file.name.lower().endswith(".gz") else "none",
        "delimiter": header.delimiter,
        "skip": header.lines_before,
        "width": header.width,
        # DuckDB reads files of one header together. The hash is short, a header may be long.
        "header": md5(header.text.encode(), usedforsecurity=False).hexdigest(),
    }


def _keys(folders: Sequence[str]) -> list[str]:
    """The columns that folders such as day=2025-06-01 name."""
    return [folder.split("=", 1)[0] for folder in folders if "=" in folder]


def _header(file: Path) -> CsvHeader | None:
    head, size = b"", FIRST_BYTES
    with _opened(file) as opened:
        while True:
            chunk = opened.read(size)
            head, size = head + chunk, len(head) + len(chunk)
            is_whole = not chunk or len(head) >= LONGEST_HEADER
            found = header_of(head.decode("utf-8-sig", errors="replace"), is_whole)
            if found or is_whole:
                return found


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file, "rb") if file.name.lower().endswith(".gz") else file.open("rb")


def _flaw_of_gzip(file: Path) -> str | None:
    try:
        with gzip.open(file, "rb") as opened:
            while opened.read(CHUNK):
                pass
    except EOFError:
        return f"is cut off before its end: {AGAIN}"
    except (gzip.BadGzipFile, zlib.error) as error:
        return f"is cut off or not a gzip file ({error}): {AGAIN}"
    return None


def _flaw_of_parquet(file: Path, size: int) -> str | None:
    with file.open("rb") as opened:
        begin = opened.read(len(PARQUET))
        opened.seek(max(size - 8, 0))
        end = opened.read(8)
    if begin != PARQUET:
        return f"is not a Parquet file: {AGAIN}"
    if size < 12 or end[4:] != PARQUET or int.from_bytes(end[:4], "little") > size - 12:
        return f"is cut off before its end: {AGAIN}"
    return None
