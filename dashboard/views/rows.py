"""Rows and definitions: the rows of a mart behind a figure, and what its columns mean."""

import pandas as pd
import streamlit as st

from dashboard import data, looks

ROWS = 1000
OPERATORS = {"from", "to"}


def filters() -> tuple[tuple[str, str, str], ...]:
    """The filters in the URL: `column=value`, `column__from=value` or `column__to=value`."""
    found = []
    for key, value in st.query_params.items():
        column, _, operator = key.rpartition("__")
        if key != "table":
            found.append(
                (column, operator, value) if operator in OPERATORS and column else (key, "=", value)
            )
    return tuple(found)


def show() -> None:
    """Show the rows of the table that the URL names."""
    tables = data.rows("rows", "tables")["table_name"].tolist()
    st.title("Rows and definitions")
    table = looks.choose("table", "Table", tables, default="dim_accounts")
    wheres = filters()
    unknown = [column for column, _, _ in wheres if column not in data.definitions(table)]
    if unknown:
        st.warning(f"{table} has no column {', '.join(unknown)}: that filter is left out.")
        wheres = tuple(where for where in wheres if where[0] not in unknown)
    st.markdown(data.description(table))
    if wheres:
        said = {"=": "is", "from": "from", "to": "to"}
        st.caption(
            "Filtered by the link that led here: "
            + ", ".join(f"{column} {said[operator]} {value}" for column, operator, value in wheres)
        )
    found = data.table_rows(table, wheres, ROWS)
    counted = data.table_count(table, wheres)
    st.caption(f"{counted:,} rows" + (f", the first {ROWS:,} below" if counted > ROWS else ""))
    looks.table(found, table, empty="No row meets the filters.")
    st.download_button("Download as CSV", found.to_csv(index=False), f"{table}.csv", "text/csv")
    looks.heading("Columns")
    columns = [
        (name, known.text, known.unit, known.additivity)
        for name, known in data.definitions(table).items()
    ]
    st.dataframe(
        pd.DataFrame(columns, columns=["Column", "Definition", "Unit", "May be added over"]),
        hide_index=True,
    )


show()
