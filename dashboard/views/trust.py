"""Trust: may these figures be believed, and what is missing from them?"""

from datetime import UTC, datetime

import streamlit as st

from dashboard import data, looks
from dashboard.views import trust_data, trust_predictions, trust_sources


def age(moment: datetime) -> str:
    """How long ago a moment in UTC was, in hours below two days and in days from then on."""
    hours = (datetime.now(UTC).replace(tzinfo=None) - moment).total_seconds() / 3600
    return f"{hours:.1f} hours ago" if hours < 48 else f"{hours / 24:.0f} days ago"


def tiles() -> None:
    """How old the data are, and what their extracts lost."""
    view, totals = data.view(), data.row("trust", "totals")
    known = data.definitions("dq_reconciliation")
    first, second, third, fourth = st.columns(4)
    with first:
        looks.tile(
            "Data as of",
            looks.day(view.as_of_date),
            note=f"Published {age(view.finished_at)}",
            definition=data.definitions("runs")["as_of_date"].text,
            rows=("runs", {"run_id": view.run_id}),
        )
    with second:
        looks.tile(
            "Raw rows unaccounted for",
            looks.number(totals["difference"]),
            note=f"{looks.number(totals['raw_rows'])} raw rows read",
            definition=known["difference"].text,
            rows=("dq_reconciliation", {}),
        )
    with third:
        looks.tile(
            "Raw rows rejected",
            looks.number(totals["rejected_rows"]),
            note=f"{looks.share(totals['rejected_share'], 3)} of raw rows",
            definition=known["rejected_rows"].text,
            rows=("dq_rejected_rows", {}),
        )
    with fourth:
        unused = data.definitions("dq_invalid_values")["values_nulled"].text
        looks.tile(
            "Values not used",
            looks.number(
                0 if looks.is_missing(totals["values_nulled"]) else totals["values_nulled"]
            ),
            note=f"in {looks.number(totals['columns_with_unused_values'])} columns",
            definition=unused,
            rows=("dq_invalid_values", {}),
        )


def show() -> None:
    """Show the page."""
    st.title("Trust")
    tiles()
    system = looks.choose(
        "system",
        "Source system",
        ["all", *data.rows("trust", "systems")["source_system"]],
        words=lambda code: "All systems" if code == "all" else looks.label("source_system", code),
    )
    trust_data.reconciliation(system)
    trust_data.rejections(system)
    trust_data.unused_values(system)
    trust_data.freshness()
    trust_sources.show()
    trust_data.runs()
    trust_data.restatements()
    trust_predictions.validations()


show()
