"""The dashboard's frame: navigation, the run that is shown, and messages in place of errors."""

import logging
from pathlib import Path

import duckdb
import streamlit as st

from dashboard import data, looks

VIEWS = Path(__file__).with_name("views")
# File and title of each page, in the order of the navigation.
TITLES = {
    "executive": "Executive",
    "revenue": "Revenue and retention",
    "csm": "CSM today",
    "account": "Account 360",
    "forecast": "Forecast",
    "portfolio": "Portfolio and team",
    "trust": "Trust",
    "rows": "Rows and definitions",
}
FIRST = "executive"
CHECK_EVERY_SECONDS = 30


@st.fragment(run_every=CHECK_EVERY_SECONDS)
def follow_the_swap() -> None:
    """Show the next snapshot soon after it is published."""
    try:
        folder = data.published_folder()
    except data.NoSnapshotError:
        return
    if folder != data.view().folder:
        st.rerun()


def show_run(view: data.Snapshot) -> None:
    """Say which run and date the pages show, and what its input lost."""
    company = "The demo company" if view.is_demo else "Your company"
    month = f"{view.last_complete_month:%Y-%m}" if view.last_complete_month else "none yet"
    with st.sidebar:
        st.caption(
            f"{company} as of **{view.as_of_date}**  \n"
            f"Last complete month: {month}  \n"
            f"Amounts in {view.reporting_currency}  \n"
            f"Run {view.run_id}, published {view.finished_at:%Y-%m-%d %H:%M} UTC"
        )
        if view.rejected_rows or view.restated_figures:
            st.caption(
                f"{view.rejected_rows:,} raw rows rejected, "
                f"{view.restated_figures:,} past figures changed: see Trust."
            )


def main() -> None:
    """Show the page that the URL names."""
    st.set_page_config(page_title="Customer success", layout="wide")
    looks.style()
    pages = {
        name: st.Page(VIEWS / f"{name}.py", title=title, url_path=name)
        for name, title in TITLES.items()
    }
    looks.register(pages)
    # Streamlit serves its default page at / alone, and a page must have one address.
    home = st.Page(
        lambda: st.switch_page(pages[FIRST]), url_path="home", default=True, visibility="hidden"
    )
    page = st.navigation([home, *pages.values()])
    try:
        view = data.open_view()
        show_run(view)
        follow_the_swap()
        page.run()
    except data.NoSnapshotError as error:
        st.error(str(error))
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        logging.getLogger(__name__).exception("A query does not fit the snapshot")
        st.error(
            "The published snapshot is of another release than this dashboard, "
            f"so that a table or column is missing: {error}. Run `make build`."
        )


main()
