"""The project's policy files as rows, to change for a test."""

import csv

from conftest import PROJECT
from raw_folder import Row

POLICY = PROJECT / "seeds" / "policy"


def policy(name: str) -> list[Row]:
    """The rows of the project's own policy CSV."""
    with (POLICY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def but(rows: list[Row], key: str, **values: str) -> list[Row]:
    """The rows, those that begin with the key changed; dropped where nothing is given."""
    found = [row for row in rows if ",".join(row.values()).startswith(key)]
    assert found, key
    changed = [row | values for row in rows if row in found] if values else []
    return [row for row in rows if row not in found] + changed
