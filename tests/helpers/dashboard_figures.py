"""A page's queries and tiles, and the marts to derive them from once more."""

from pathlib import Path

import duckdb
import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard import data

# A kind of segment, and the column of the bases that holds it.
AT_START = {
    "all": None,
    "arr_tier": "arr_tier_at_start",
    "touch_tier": "touch_tier_at_start",
    "investment_tier": "investment_tier_at_start",
    "industry": "industry",
    "region": "region",
    "plan": "plan_at_start",
    "csm": "csm_id_at_start",
    "cohort_quarter": "cohort_quarter",
}


def in_segment(bases: pd.DataFrame, kind: str, segment: str) -> pd.DataFrame:
    """The bases of a segment, by what each account was at the start."""
    column = AT_START[kind]
    return bases if column is None else bases[bases[column].astype(str).str[:10] == segment]


def asked(published: Path, page: str, query: str, **parameters: object) -> pd.DataFrame:
    """The rows of a page's query, without the app."""
    sql = data.QUERIES[page][query]
    given = {key: parameters[key] for key in set(data.PARAMETER.findall(sql))}
    with duckdb.connect(str(published / "published" / data.DATABASE), read_only=True) as connection:
        return connection.execute(sql, given).df()


def mart(published: Path, table: str) -> pd.DataFrame:
    """A mart as its Parquet file holds it, with dates as timestamps and decimals as floats."""
    frame = pd.read_parquet(published / "published" / f"{table}.parquet")
    for column in frame.select_dtypes("object"):
        filled = frame[column].dropna()
        if not filled.empty and not isinstance(filled.iloc[0], str | bool):
            try:
                frame[column] = frame[column].astype(float)
            except (TypeError, ValueError):
                frame[column] = pd.to_datetime(frame[column])
    return frame


def tiles(app: AppTest) -> dict[str, str]:
    """The tiles of a page: their names and values."""
    return {metric.label: metric.value for metric in app.metric}


def said(app: AppTest) -> str:
    """All text of a page: its messages, captions and headings."""
    kinds = (app.caption, app.markdown, app.error, app.warning, app.info, app.success, app.title)
    texts = [str(element.value) for kind in (*kinds, app.subheader) for element in kind]
    return "\n".join(texts)


def is_without_error(app: AppTest) -> bool:
    """Whether a page ran through: no exception and no error box."""
    return not app.exception and not app.error
