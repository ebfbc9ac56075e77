"""Parts of the page Trust: the systems that loaders leave, their links, and rows not taken."""

import altair as alt
import streamlit as st

from dashboard import data, looks, sheets

OBJECTS, ROWS, LINKS = "dq_source_objects", "dq_source_rows", "dq_account_links"
PARTIES = "Customers, organizations and people"
UNLINKED_SHOWN = 15
NO_SOURCES = (
    "No source is named, so the tables of the raw contract are all that is read. "
    "docs/connectors/README.md says how to name one."
)


def show() -> None:
    """Show what was read from named systems, or in one sentence why there is none."""
    if not data.has(OBJECTS):
        looks.heading("Which systems are read?")
        st.info(NO_SOURCES)
        return
    systems()
    not_taken()
    if data.has(LINKS):
        links()
        unlinked()


def systems() -> None:
    """Objects of each system, and when its newest row came."""
    looks.heading("Which systems are read, and how fresh are they?")
    found = data.rows("sources", "systems")
    looks.table(
        looks.labelled(found, {"source_system": "source_system"}).assign(
            newest_loaded_at=_minutes(found["newest_loaded_at"])
        ),
        OBJECTS,
        names={
            "objects_found": "Objects found",
            "objects_absent": "Objects absent",
            "newest_loaded_at": "Newest row came, UTC",
        },
    )
    objects = data.rows("sources", "objects")
    with st.expander("Objects of each system"):
        looks.table(
            looks.labelled(objects, {"source_system": "source_system"}).assign(
                newest_loaded_at=_minutes(objects["newest_loaded_at"])
            ),
            OBJECTS,
            names={"newest_loaded_at": "Newest row came, UTC"},
            height=320,
        )
    st.caption(
        "A dash in Loaded from marks an object that the loader did not leave. "
        "`python -m pipeline sources` says what that costs."
    )
    looks.rows_link(OBJECTS)
    looks.definitions(
        OBJECTS, ["object_name", "loaded_from", "rows_read", "newest_loaded_at", "unread_values"]
    )


def not_taken() -> None:
    """Rows that connectors leave out on purpose."""
    looks.heading("Which rows of these systems are not taken, and why?")
    found, counted = data.rows("sources", "not_taken"), data.row("sources", "taken")
    st.caption(
        f"{looks.number(counted['taken'])} of {looks.number(counted['all_rows'])} rows are taken."
    )
    looks.table(
        looks.labelled(found, {"source_system": "source_system", "reason": "not_taken"}).assign(
            table_name=[looks.name_of(name) for name in found["table_name"]]
        ),
        ROWS,
        height="auto" if len(found) < 8 else 320,
        empty="Every row of these systems is taken.",
    )
    looks.rows_link(ROWS)
    looks.definitions(ROWS, ["reason", "row_count", "rows_of_table"])


def links() -> None:
    """How many customers, organizations and people each rule links."""
    looks.heading("By which rule is each customer linked to an account?")
    found = data.rows("sources", "links")
    scale = looks.colours("link_rule", list(found["link_rule"].unique()))
    shown = looks.labelled(found, {"source_system": "source_system", "link_rule": "link_rule"})
    drawn = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("parties:Q", title=f"Share of {PARTIES.lower()}", stack="normalize"),
            y=alt.Y("source_system:N", title=None, axis=looks.words_axis()),
            color=alt.Color("link_rule:N", title=None, scale=scale, legend=None),
            tooltip=[
                alt.Tooltip("source_system:N", title="System"),
                alt.Tooltip("link_rule:N", title="Rule"),
                alt.Tooltip("parties:Q", title=PARTIES),
            ],
        )
        .properties(height=looks.bars_height(found["source_system"].nunique()))
    )
    looks.chart(drawn, f"{PARTIES} by the rule that links them")
    looks.legend(scale)
    looks.table(
        shown.drop(columns="mrr_at_stake"),
        LINKS,
        names={"link_rule": "Rule", "parties": "Count"},
        height="auto" if len(found) < 8 else 320,
    )
    looks.rows_link(LINKS)
    looks.definitions(LINKS, ["link_rule", "parties", "account_id"])


def unlinked() -> None:
    """The customers that no rule links, with their MRR, the largest first."""
    looks.heading("What is linked to no account, and how much MRR is at stake?")
    total = data.row("sources", "at_stake")
    first, second = st.columns(2)
    known = data.definitions(LINKS)
    with first:
        looks.tile(
            "MRR of unlinked customers",
            looks.amount(total["mrr_at_stake"]),
            note="each is an account of its own, so no MRR is lost",
            definition=known["mrr_at_stake"].text,
            rows=(LINKS, {"is_unlinked": "true"}),
        )
    with second:
        looks.tile(
            "Not linked",
            looks.number(total["parties_unlinked"]),
            note=f"of {looks.number(total['parties'])} customers, organizations and people",
            definition=known["is_unlinked"].text,
            rows=(LINKS, {"is_unlinked": "true"}),
        )
    found = data.rows("sources", "unlinked")
    sheets.style()
    if sheets.sheet(
        looks.labelled(found, {"source_system": "source_system"}),
        LINKS,
        names={"party_name": "Name", "source_id": "Id or domain", "parties": "Count"},
        sentences=("reason",),
        most=UNLINKED_SHOWN,
        empty="Every customer, organization and person is linked to an account.",
    ):
        st.caption(
            "To link one, add a row to account_links.csv and build again. "
            "docs/connectors/README.md has an example."
        )
    looks.definitions(LINKS, ["source_id", "reason", "mrr_at_stake"])


def _minutes(moments: object) -> list[str]:
    return [
        looks.DASH if looks.is_missing(moment) else f"{moment:%Y-%m-%d %H:%M}" for moment in moments
    ]
