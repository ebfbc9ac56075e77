"""The comparison itself sees what it is there to see."""

import duckdb
import pytest
from comparison import Table, differences

TABLE = Table("marts", "fct_made_up", ("account_id", "month"))
COLUMNS = {
    "account_id": "'a'",
    "month": "date '2026-01-01'",
    "mrr": "cast(10 as decimal(18, 2))",
    "rate": "cast(0.5 as double)",
    "note": "'{\"x\": 1}'",
    "is_paused": "false",
    "seen_at": "timestamp '2026-01-01 12:00:00'",
}


def found(theirs: dict[str, str], more: str = "") -> list[str]:
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    for name, columns in {"ours": COLUMNS, "theirs": theirs}.items():
        values = ", ".join(f'{value} as "{column}"' for column, value in columns.items())
        connection.execute(f"create table {name} as select {values}")
    if more:
        connection.execute(f"insert into theirs {more}")
    return differences(connection, TABLE, ("ours", "theirs"))


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"rate": "cast(0.5 as double) + 1e-10"},
        {"note": "'{\"x\":1}'"},
        {"seen_at": "timestamptz '2026-01-01 13:00:00+01'"},
    ],
)
def test_what_means_the_same_is_no_difference(same: dict[str, str]):
    assert found(COLUMNS | same) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (
            {"mrr": "cast(10.01 as decimal(18, 2))"},
            "mrr is Decimal('10.00') on DuckDB, Decimal('10.01')",
        ),
        ({"rate": "cast(0.5 as double) + 1e-8"}, "rate is 0.5 on DuckDB, 0.50000001 on Spark"),
        ({"rate": "cast(null as double)"}, "rate is 0.5 on DuckDB, None on Spark"),
        ({"note": "'{\"x\":2}'"}, "note is "),
        ({"is_paused": "true"}, "is_paused is False on DuckDB, True on Spark"),
        ({"seen_at": "timestamp '2026-01-01 12:00:01'"}, "seen_at is "),
    ],
)
def test_a_difference_names_table_key_and_columns(other: dict[str, str], words: str):
    (line,) = found(COLUMNS | other)
    assert line.startswith("marts.fct_made_up: account_id = a, month = 2026-01-01: ")
    assert words in line


def test_keys_that_one_engine_lacks_are_named():
    lines = found(COLUMNS | {"account_id": "cast(null as varchar)"})
    assert any("account_id = a, month = 2026-01-01: only on DuckDB" in words for words in lines)
    assert any("account_id = None, month = 2026-01-01: only on Spark" in words for words in lines)


def test_a_repeated_row_is_a_difference():
    assert found(COLUMNS, "select * from ours") == [
        "marts.fct_made_up: rows are 1 on DuckDB, 2 on Spark"
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {name: COLUMNS[name] for name in COLUMNS if name != "note"},
        dict(reversed(COLUMNS.items())),
        COLUMNS | {"mrr": "cast(10 as double)"},
    ],
)
def test_columns_differ_by_name_order_and_type(columns: dict[str, str]):
    (line,) = found(columns)
    assert "columns are" in line
