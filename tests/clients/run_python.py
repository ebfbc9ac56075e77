"""Run a Python snippet in a client's own environment, once for each line on stdin.

Answers each line with one line of JSON on stdout: every table that the snippet leaves behind, by
the name of its variable, as rows of texts. Needs nothing but what the snippet itself needs.
"""

import json
import sys
import traceback


def rows_of(value):
    """The rows of a table of any of the clients; None for what is no table."""
    kind = type(value).__module__.split(".")[0]
    if kind == "pandas" and hasattr(value, "itertuples"):
        return [list(row) for row in value.itertuples(index=False)]
    if kind == "polars" and hasattr(value, "rows"):
        return [list(row) for row in value.rows()]
    if kind == "pyarrow" and hasattr(value, "to_pylist"):
        return [list(row.values()) for row in value.to_pylist()]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [[column["name"], column["type"]] for column in value]
    if isinstance(value, list):
        return [list(row) for row in value]
    return None


def main(path):
    """Serve rounds until stdin ends."""
    with open(path, encoding="utf-8") as file:
        code = compile(file.read(), path, "exec")
    for _ in sys.stdin:
        names = {"__name__": "__main__"}
        try:
            exec(code, names)
            tables = {name: rows_of(value) for name, value in names.items()}
            answer = {
                name: [[None if cell is None else str(cell) for cell in row] for row in rows]
                for name, rows in tables.items()
                if rows is not None
            }
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


main(sys.argv[1])
