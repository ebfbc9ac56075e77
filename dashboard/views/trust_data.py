"""Parts of the page Trust: reconciliation, rejected and unused values, freshness, runs, changes."""

import altair as alt
import streamlit as st

from dashboard import data, looks

# What each feed is called, by the mart that shows when its last fact was.
FEEDS = {
    "fct_mrr_movements": "Changes of MRR",
    "fct_invoices": "Invoices",
    "fct_usage_monthly": "Usage of the product",
    "fct_tickets": "Support tickets",
    "fct_activities": "Activities held",
    "fct_opportunities": "Opportunities",
    "fct_success_objectives": "Success objectives",
    "fct_survey_answers": "Survey answers",
    "fct_health_scores": "Health scores",
}


def filtered(system: str) -> dict[str, object]:
    """The filter of a link to rows: none for all systems."""
    return {} if system == "all" else {"source_system": system}


def reconciliation(system: str) -> None:
    """Raw rows of each table against those accepted, replaced and rejected."""
    looks.heading("Is every raw row accounted for?")
    found = data.rows("trust", "reconciliation", system=system)
    missing = data.rows("trust", "missing_tables", system=system)["table_name"].tolist()
    looks.table(
        found.drop(columns="is_present").assign(
            source_system=[looks.label("source_system", code) for code in found["source_system"]],
            table_name=[looks.name_of(name) for name in found["table_name"]],
        ),
        "dq_reconciliation",
        height=320,
        empty="Your extracts have no table of this system.",
    )
    if missing:
        st.caption(
            "Not in your extracts: "
            + ", ".join(looks.name_of(name).lower() for name in missing)
            + ". See docs/bring_your_own_data.md for what each would add."
        )
    looks.rows_link("dq_reconciliation", filtered(system))
    looks.definitions(
        "dq_reconciliation",
        [
            "raw_rows",
            "accepted_rows",
            "duplicate_rows",
            "rejected_rows",
            "not_taken_rows",
            "difference",
        ],
    )


def rejections(system: str) -> None:
    """Rejected rows by rule, and by table and reason."""
    looks.heading("Which rows were rejected, and why?")
    by_rule = data.rows("trust", "rejections_by_rule", system=system)
    if by_rule.empty:
        st.success("No raw row was rejected.")
        return
    shown = by_rule.assign(
        rule=[looks.label("rejection_rule", rule) for rule in by_rule["rule"]],
        source_system=[looks.label("source_system", code) for code in by_rule["source_system"]],
    )
    scale = looks.colours("source_system", list(by_rule["source_system"].unique()))
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("rejected_rows:Q", title="Rejected rows", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("rule:N", sort="-x", title=None, axis=looks.words_axis(170)),
            color=alt.Color(
                "source_system:N",
                title=None,
                scale=scale,
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("rule:N", title="Rule"),
                alt.Tooltip("source_system:N", title="System"),
                alt.Tooltip("rejected_rows:Q", title="Rejected rows"),
            ],
        )
        .properties(height=70 + 24 * shown["rule"].nunique())
    )
    looks.chart(drawn, "Rejected rows by rule and source system")
    looks.legend(scale)
    found = data.rows("trust", "rejections", system=system)
    looks.table(
        found.assign(
            source_system=[looks.label("source_system", code) for code in found["source_system"]],
            table_name=[looks.name_of(name) for name in found["table_name"]],
            rule=[looks.label("rejection_rule", rule) for rule in found["rule"]],
        ),
        ("dq_rejected_rows", "dq_reconciliation", "dq_invalid_values"),
        names={"row_key": "A row, for example"},
        height=320,
    )
    looks.rows_link("dq_rejected_rows", filtered(system))
    looks.definitions("dq_rejected_rows", ["reason", "row_key"])


def unused_values(system: str) -> None:
    """Columns with values that the warehouse does not use."""
    looks.heading("Which values are not used?")
    found = data.rows("trust", "unused_values", system=system)
    looks.table(
        found.assign(
            source_system=[looks.label("source_system", code) for code in found["source_system"]],
            table_name=[looks.name_of(name) for name in found["table_name"]],
        ),
        "dq_invalid_values",
        names={"values_nulled": "Values not used", "is_held_to_limit": "Has a limit"},
        empty="Every value of the optional columns is used.",
    )
    if not found.empty:
        looks.rows_link("dq_invalid_values", filtered(system))
        looks.definitions(
            "dq_invalid_values", ["values_nulled", "placeholder_values", "is_held_to_limit"]
        )


def freshness() -> None:
    """The latest fact of each feed."""
    looks.heading("How fresh is each feed?")
    found = data.rows("trust", "freshness", as_of_date=str(data.view().as_of_date))
    there = found.dropna(subset="latest_on").sort_values("days_before", ascending=False)
    st.dataframe(
        {
            "Feed": [FEEDS[mart] for mart in there["mart"]],
            "Latest fact": [looks.day(value) for value in there["latest_on"]],
            "Days before the day of the data": there["days_before"].astype(int).tolist(),
            "Facts": there["facts"].tolist(),
            "Read from": [
                f"rows?table={mart}#{mart}.{column}"
                for mart, column in zip(there["mart"], there["date_column"], strict=True)
            ],
        },
        column_config={
            "Facts": st.column_config.NumberColumn(format="localized"),
            "Read from": st.column_config.LinkColumn(display_text=r"#(.*)$"),
        },
        hide_index=True,
    )
    absent = [FEEDS[mart] for mart in found.loc[found["latest_on"].isna(), "mart"]]
    if absent:
        st.caption(
            f"Without a fact: {', '.join(absent).lower()}. "
            "See docs/bring_your_own_data.md for the tables to add."
        )
    st.caption(
        "Changes of MRR and usage are dated by the first day of their month, so they lie up to "
        "a month further back than the latest extract."
    )


def runs() -> None:
    """The pipeline's runs up to this snapshot."""
    looks.heading("Which runs led here?")
    counted = data.row("trust", "runs_by_outcome")
    first, second = st.columns(2)
    with first:
        looks.tile(
            "Runs recorded",
            looks.number(counted["runs"]),
            note=f"{looks.number(counted['publishes'])} of them published",
            definition=data.description("runs"),
            rows=("runs", {}),
        )
    with second:
        latest = counted["latest_not_done"]
        looks.tile(
            "Runs that ended early",
            looks.number(counted["runs_not_done"]),
            note="none so far" if looks.is_missing(latest) else f"the last on {looks.day(latest)}",
            definition=data.definitions("runs")["exit_code"].text,
            rows=("runs", {}),
        )
    found = data.rows("trust", "runs")
    looks.table(
        found.assign(finished_at=found["finished_at"].dt.strftime("%Y-%m-%d %H:%M")),
        "runs",
        names={"finished_at": "Finished, UTC"},
        height="auto" if len(found) < 8 else 320,
    )
    looks.definitions("runs", ["outcome", "as_of_date", "mart_rows", "restated_figures"])


def restatements() -> None:
    """Figures of complete months that a publish changed."""
    looks.heading("Which past figures changed?")
    by_month = data.rows("trust", "restatements_by_month")
    if by_month.empty:
        publishes = data.row("trust", "runs_by_outcome")["publishes"]
        st.info(
            "This is the first publish, so no earlier figure can have changed."
            if publishes == 1
            else "No publish has changed a figure of a complete month."
        )
        return
    drawn = (
        alt.Chart(by_month)
        .mark_bar()
        .encode(
            x=alt.X(
                "yearmonth(month):T", title="Month of the figure", axis=alt.Axis(format="%Y-%m")
            ),
            y=alt.Y("restatements:Q", title="Changed figures"),
            color=alt.Color(
                "table_name:N",
                title=None,
                legend=alt.Legend(orient="bottom", columns=1),
                scale=alt.Scale(range=list(looks.PALETTE)),
            ),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title="Month", format="%Y-%m"),
                alt.Tooltip("table_name:N", title="Mart"),
                alt.Tooltip("restatements:Q", title="Changed figures"),
            ],
        )
        .properties(height=looks.CHART_HEIGHT)
    )
    looks.chart(drawn, "Changed figures by the month they belong to")
    found = data.rows("trust", "restatements")
    looks.table(
        found.assign(
            published_at=found["published_at"].dt.strftime("%Y-%m-%d %H:%M"),
            month=[looks.month(value) for value in found["month"]],
        ),
        "rpt_restatements",
        names={"published_at": "Published, UTC", "table_name": "Mart"},
        height=320,
    )
    looks.rows_link("rpt_restatements")
    looks.definitions("rpt_restatements", ["figure", "previous_value", "new_value", "change"])
