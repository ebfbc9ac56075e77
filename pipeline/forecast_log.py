"""The log of published forecasts: what was said of which period, kept until it can be judged."""

import duckdb

from pipeline.engine import attach, has_table, workbench
from pipeline.files import write_whole
from pipeline.settings import Settings

HEADER = "published_at,made_on,figure,period,forecast"
# The whole company's figures alone: tiers change under the accounts in them.
FIGURES = {
    "mrr": (
        "fct_mrr_forecast",
        "select made_on, forecast_month as period, p50 + new_business_mrr as forecast"
        " from build.marts.fct_mrr_forecast where touch_tier = 'all'",
    ),
    "renewed_arr": (
        "rpt_renewal_forecast",
        "select as_of_date as made_on, quarter as period, forecast_calibrated as forecast"
        " from build.marts.rpt_renewal_forecast"
        " cross join (select as_of_date from build.intermediate.int_run_context)"
        " where touch_tier = 'all' and actual_arr is null"
        " and quarter < as_of_date + interval 1 year",
    ),
}


def append_published(settings: Settings, published_at: str, is_demo: bool) -> int:
    """Add what the standing build forecasts to the log; how many figures. Once it is published."""
    with workbench(settings) as connection:
        attach(connection, settings.build_file, "build")
        rows = [
            f"{published_at},{made_on},{figure},{period},{forecast}"
            for figure, (table, query) in FIGURES.items()
            if has_table(connection, "build", "marts", table)
            for made_on, period, forecast in _rows(connection, query)
        ]
    path = settings.forecast_log(is_demo)
    if rows:
        # Whole or not at all: the next build refuses a file with half a line.
        standing = path.read_text(encoding="utf-8") if path.exists() else f"{HEADER}\n"
        write_whole(path, standing + "\n".join(rows) + "\n")
    return len(rows)


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(f"{query} order by period").fetchall()
