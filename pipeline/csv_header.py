"""The header of a CSV file: its first line, its delimiter and its number of columns.

DuckDB reads the cells itself, and needs these three before.
"""

from dataclasses import dataclass

# The first one wins where several fit equally well.
DELIMITERS = ",;\t|"
# Excel names the delimiter in such a line before the header.
STATES_DELIMITER = "sep="
LINE_ENDS = "\r\n"


@dataclass(frozen=True)
class CsvHeader:
    """The first record of a CSV file, its text with quotes, and the number of lines before it."""

    delimiter: str
    lines_before: int
    width: int
    text: str


@dataclass(frozen=True)
class _Record:
    """The first record under one delimiter. `flaws` is 0 if every quote is in place."""

    width: int
    length: int
    flaws: int
    is_ended: bool


def header_of(text: str, is_whole: bool) -> CsvHeader | None:
    """The header in the first text of a file. None where it is missing or not complete yet.

    `is_whole` means that no more text follows.
    """
    lines_before, start = 0, 0
    delimiters = DELIMITERS
    while start < len(text):
        end = _line_end(text, start)
        line = text[start:end].rstrip(LINE_ENDS)
        stated = line[len(STATES_DELIMITER) :]
        is_statement = line.lower().startswith(STATES_DELIMITER) and _may_delimit(stated)
        if line and not is_statement:
            break
        if is_statement:
            delimiters = stated
        lines_before, start = lines_before + 1, end
    if start >= len(text):
        return None
    records = {delimiter: _first_record(text, start, delimiter) for delimiter in delimiters}
    # A quote that is still open may close further on.
    if not is_whole and not all(record.is_ended for record in records.values()):
        return None
    best = min(delimiters, key=lambda one: (records[one].flaws, -records[one].width))
    record = records[best]
    return CsvHeader(best, lines_before, record.width, text[start : start + record.length])


def _may_delimit(text: str) -> bool:
    return len(text) == 1 and not text.isalnum() and text not in '"' + LINE_ENDS


def _line_end(text: str, start: int) -> int:
    """The position of the next line: after CRLF, LF or CR."""
    for position in range(start, len(text)):
        if text[position] == "\n":
            return position + 1
        if text[position] == "\r":
            return position + 2 if text[position + 1 : position + 2] == "\n" else position + 1
    return len(text)


def _first_record(text: str, start: int, delimiter: str) -> _Record:
    """Read one record as a strict CSV reader does: a quote opens a cell only at its beginning."""
    position, width, flaws = start, 1, 0
    ends = delimiter + LINE_ENDS
    while True:
        if text[position : position + 1] == '"':
            position = _after_quotes(text, position)
            if position < 0:
                return _Record(width, len(text) - start, 2, is_ended=False)
            if position < len(text) and text[position] not in ends:
                flaws = 2
        begin = position
        while position < len(text) and text[position] not in ends:
            position += 1
        if '"' in text[begin:position]:
            flaws = max(flaws, 1)
        if position >= len(text) or text[position] in LINE_ENDS:
            return _Record(width, position - start, flaws, is_ended=position < len(text))
        width, position = width + 1, position + 1


def _after_quotes(text: str, opening: int) -> int:
    """The position after the quoted part that opens here. -1 if nothing closes it."""
    closing = text.find('"', opening + 1)
    while closing >= 0 and text[closing + 1 : closing + 2] == '"':
        closing = text.find('"', closing + 2)
    return closing + 1 if closing >= 0 else -1
