"""Whether another way to the same tables gives the same numbers, row by row."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

TOLERANCE = 1e-9


def disagreements(
    connection: duckdb.DuckDBPyConnection, ours: str, theirs: str, key: Sequence[str]
) -> dict[str, int]:
    """Rows that only one of two relations has, and values in which they differ, by column.

    Looks at the columns that both have, and counts floats and money that are equal to 1e-9 as one.
    Empty where the two agree.
    """
    types = [
        dict(connection.sql(f"select column_name, column_type from (describe {side})").fetchall())
        for side in (f"from {ours}", f"from {theirs}")
    ]
    values = [name for name in types[0] if name in types[1] and name not in key]
    counts = ["count(*) filter (ours.is_there is null or theirs.is_there is null) as rows_of_one"]
    for name in values:
        pair = f'ours."{name}"', f'theirs."{name}"'
        differ = f"{pair[0]} is distinct from {pair[1]}"
        if types[0][name].startswith(("DOUBLE", "DECIMAL")):
            ours_value, theirs_value = (f"cast({value} as double)" for value in pair)
            scale = f"greatest(1, abs({ours_value}))"
            close = f"abs({ours_value} - {theirs_value}) <= {TOLERANCE} * {scale}"
            differ = f"({differ}) and not coalesce({close}, false)"
        both = "ours.is_there and theirs.is_there"
        counts.append(f'count(*) filter ({both} and {differ}) as "{name}"')
    match = " and ".join(f'ours."{name}" is not distinct from theirs."{name}"' for name in key)
    found = connection.sql(
        f"select {', '.join(counts)} from (select *, true as is_there from {ours}) as ours"
        f" full join (select *, true as is_there from {theirs}) as theirs on {match}"
    )
    counted = dict(zip(found.columns, found.fetchall()[0], strict=True))
    return {name: count for name, count in counted.items() if count}
