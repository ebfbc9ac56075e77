"""How figures look: formats, colours, tiles, tables, charts, filters and empty states.

A value's format follows from its column's comment, and its words from dim_labels.
"""

import html
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import quote, urlencode

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from dashboard import data

DASH = "–"
# Okabe and Ito's colours, which colour-blind readers can tell apart.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999")
GOOD, WARNING, BAD, NEUTRAL = "#009e73", "#e69f00", "#d55e00", "#999999"
STATUS_COLOURS = {"green": GOOD, "yellow": WARNING, "red": BAD}
CHART_HEIGHT = 280
ROWS_SHOWN = 400
MONEY_UNITS = {"currency", "currency_per_month", "currency_per_year"}
WORDS = {"arr": "ARR", "mrr": "MRR", "csm": "CSM", "nrr": "NRR", "grr": "GRR", "nps": "NPS"}
WORDS |= {"csat": "CSAT", "ces": "CES", "id": "ID", "roi": "ROI", "auc": "AUC", "icp": "ICP"}
WORDS |= {"qbr": "QBR", "ebr": "EBR", "why": "Why", "usd": "USD", "mape": "MAPE", "ltv": "LTV"}
WORDS |= {"crm": "CRM"}
CSS = """<style>
.block-container {padding-top: 2.5rem; padding-bottom: 2rem; max-width: 1400px}
[data-testid="stMetricLabel"] p {white-space: normal}
[data-testid="stMetricValue"] {font-size: 1.5rem}
[data-testid="stMetricValue"] * {white-space: normal; overflow: visible}
.chip {font-size: 0.875rem}
.chip > span {display: inline-block; width: 0.75rem; height: 0.75rem; margin-right: 0.4rem;
  border: 1px solid #1f2933}
[data-testid="stPageLink"] p {color: #0072b2; font-size: 0.9rem; text-decoration: underline}
@media print {
  [data-testid="stSidebar"], [data-testid="stToolbar"], [data-testid="stHeader"],
  .stButton, [data-testid="stPageLink"] {display: none}
}
</style>"""

_PAGES: dict[str, st.Page] = {}


def register(pages: Mapping[str, st.Page]) -> None:
    """Let links lead to these pages."""
    _PAGES.clear()
    _PAGES.update(pages)


def style() -> None:
    """Tighten Streamlit's spacing, and leave its controls out of prints."""
    st.html(CSS)


def is_missing(value: object) -> bool:
    """Whether a value is null in any of pandas' forms."""
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return isinstance(value, float) and math.isnan(value)


def name_of(column: str) -> str:
    """A column's name in words: `arr_at_risk` is ARR at risk."""
    words = [WORDS.get(word, word) for word in column.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def amount(value: object, decimals: int = 0) -> str:
    """An amount with its currency, such as USD 1,234,567."""
    if is_missing(value):
        return DASH
    return f"{data.view().reporting_currency} {number(value, decimals)}"


def number(value: object, decimals: int = 0) -> str:
    """A number with separators of thousands."""
    return DASH if is_missing(value) else f"{float(value):,.{decimals}f}"


def share(value: object, decimals: int = 1) -> str:
    """A fraction as percent, such as 92.3%."""
    return DASH if is_missing(value) else f"{100 * float(value):.{decimals}f}%"


def day(value: object) -> str:
    """A date in ISO format."""
    return DASH if is_missing(value) else pd.Timestamp(value).strftime("%Y-%m-%d")


def literal(text: str) -> str:
    """A text that Markdown shows as it is: amounts in dollars are no formula."""
    return re.sub(r"([\\`*_{}\[\]<>#$~|])", r"\\\1", text)


def month(value: object) -> str:
    """A month in ISO format."""
    return DASH if is_missing(value) else pd.Timestamp(value).strftime("%Y-%m")


def label(domain: str, code: object) -> str:
    """The label of a code in dim_labels; the code in words where it has none."""
    if is_missing(code):
        return DASH
    found = data.labels(domain).get(str(code))
    return found.label if found else name_of(str(code).strip("()"))


def labels(domain: str, codes: pd.Series) -> pd.Series:
    """The labels of a column of codes, a dash where there is none."""
    return codes.map({code: label(domain, code) for code in codes.unique()}).fillna(DASH)


def colours(domain: str, codes: Sequence[str] | None = None) -> alt.Scale:
    """The colours of a domain's labels in their order, for `alt.Color(…, scale=…)`."""
    known = data.labels(domain)
    order = [code for code in known if codes is None or code in codes]
    order += [code for code in codes or () if code not in known]
    shown = [
        (known[code].colour if code in known else None) or PALETTE[place % len(PALETTE)]
        for place, code in enumerate(order)
    ]
    return alt.Scale(domain=[label(domain, code) for code in order], range=shown)


def formatter(definition: data.Definition) -> Callable[[object], str]:
    """The function that shows the values of a column."""
    if definition.labels:
        return lambda value: label(definition.labels, value)
    decimals = len(definition.format.partition(".")[2]) if definition.format else 0
    if definition.unit == "fraction" and "%" in definition.format:
        return share
    if definition.unit == "fraction":
        return lambda value: number(value, decimals)
    if definition.unit in MONEY_UNITS:
        return lambda value: number(value, 0)
    if definition.unit:
        return lambda value: number(value, min(decimals, 1))
    return _plain


def _plain(value: object) -> str:
    if is_missing(value):
        return DASH
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp | date):
        return day(value)
    return str(value)


def tile(
    name: str,
    value: str,
    *,
    note: str | None = None,
    status: tuple[str, str] | None = None,
    change: str | None = None,
    is_better: bool | None = None,
    since: str | None = None,
    definition: str | None = None,
    history: Sequence[float] | None = None,
    rows: tuple[str, dict[str, object]] | None = None,
) -> None:
    """A figure with its change, its line of past values, its definition and a link to its rows.

    `is_better` colours the change: None leaves it grey. `rows` is a table and its filters. `note`
    is a line below the value, such as why there is none. `status` is a word and its colour. A
    change without a sign has no arrow.
    """
    tones = {True: "green", False: "red", None: "off"}
    arrow = "auto" if change and change[0] in "+-" else "off"
    with st.container(border=True, height="stretch"):
        st.metric(
            name,
            value,
            delta=change,
            delta_color=tones[is_better],
            delta_arrow=arrow,
            help=definition,
            chart_data=[v for v in history if not is_missing(v)] if history is not None else None,
        )
        if status:
            st.html(chip(*status))
        said = [text for text in (since if change else None, note) if text]
        if said:
            st.caption("  \n".join(said))
        if rows:
            rows_link(*rows)


def chip(word: str, colour: str | None) -> str:
    """A status as HTML: a square of its colour, then its word."""
    return (
        f'<span class="chip"><span style="background:{colour or NEUTRAL}"></span>'
        f"{html.escape(word)}</span>"
    )


def rows_link(table: str, filters: Mapping[str, object] | None = None, text: str = "Rows") -> None:
    """A link to the rows of a table behind a figure. `month__from` and `__to` are bounds."""
    wanted = {"table": table} | {key: _plain(value) for key, value in (filters or {}).items()}
    st.page_link(_PAGES["rows"], label=text, query_params=wanted)


def page_link(page: str, text: str, **parameters: str) -> None:
    """A link to another page with its filters."""
    if page in _PAGES:
        st.page_link(_PAGES[page], label=text, query_params=parameters)
    else:
        st.markdown(text)


def colour_of(domain: str, code: object) -> str | None:
    """The colour of a code in dim_labels, None where it has none."""
    found = data.labels(domain).get(str(code))
    return found.colour if found else None


def labelled(frame: pd.DataFrame, domains: Mapping[str, str]) -> pd.DataFrame:
    """The frame with the labels of its codes. `domains` has the domain of each coded column."""
    said = {
        column: [label(domain, code) for code in frame[column]]
        for column, domain in domains.items()
    }
    return frame.assign(**said)


def account_url(account_id: object, account_name: object) -> str:
    """The address of an account's page, for a link column: its text is the name after the #."""
    return _url("account", account_id, account_name)


def _url(page: str, key: object, name: object) -> str:
    return f"{page}?{urlencode({page: key})}#{quote(str(name))}"


def table(
    frame: pd.DataFrame,
    source: str | Sequence[str],
    *,
    names: Mapping[str, str] | None = None,
    height: int | str = "auto",
    empty: str = "There are no rows.",
    key: str | None = None,
) -> None:
    """Show rows with the formats and definitions of the source table's columns.

    Of several sources the first that has a column defines it. `names` renames columns for the
    reader. With `account_id` and `account_name` in the frame the name becomes a link to the
    account, and so does a CSM's name. `empty` says why there are no rows.
    """
    if frame.empty:
        st.info(empty)
        return
    shown = frame.head(ROWS_SHOWN).reset_index(drop=True)
    sources = (source,) if isinstance(source, str) else source
    known = {key: at for name in reversed(sources) for key, at in data.definitions(name).items()}
    config: dict[str, object] = {}
    for page, title in (("account", "Account"), ("csm", "CSM")):
        identity, name = f"{page}_id", f"{page}_name"
        if {identity, name} <= set(shown.columns):
            shown[name] = [
                None if is_missing(key) else _url(page, key, text)
                for key, text in zip(shown[identity], shown[name], strict=True)
            ]
            shown = shown.drop(columns=identity)
            config[name] = st.column_config.LinkColumn(title, display_text=r"#(.*)$")
    formats = {}
    for column in shown.columns:
        definition = known.get(column, data.Definition(""))
        if column not in config:
            title = (names or {}).get(column) or name_of(column)
            config[column] = st.column_config.Column(title, help=definition.text or None)
            formats[column] = formatter(definition)
    st.dataframe(
        shown.style.format(formats, na_rep=DASH),
        column_config=config,
        hide_index=True,
        placeholder=DASH,
        height=height,
        key=key,
    )
    if len(frame) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN} of {len(frame):,} rows.")


def chart(drawn: alt.Chart | alt.LayerChart, alternative: str) -> None:
    """Show a chart in the width of its place. `alternative` is read to those who cannot see it."""
    st.altair_chart(drawn, width="stretch", alt=alternative)


def legend(scale: alt.Scale) -> None:
    """The colours of a chart in words, which wrap where a legend of Altair would be cut."""
    pairs = zip(scale.domain, scale.range, strict=True)
    marks = (
        f'<span style="white-space:nowrap"><span style="color:{colour}">&#9632;</span> '
        f"{html.escape(name)}</span>"
        for name, colour in pairs
    )
    st.html(
        '<div style="display:flex;flex-wrap:wrap;gap:0 1rem;font-size:0.8rem">'
        + "".join(marks)
        + "</div>"
    )


def bars_height(bars: int) -> int:
    """The height of a chart with so many horizontal bars, in pixels: one bar fills no chart."""
    return 110 + 24 * bars


def words_axis(limit: int = 160) -> alt.Axis:
    """An axis of names, each shown, and each beside its own bar."""
    return alt.Axis(labelLimit=limit, labelOverlap=False, labelFlush=False)


def definitions(source: str, columns: Sequence[str]) -> None:
    """Show how columns are defined, below the chart or table that uses them."""
    known = data.definitions(source)
    with st.popover("Definitions"):
        for column in columns:
            text = known[column].text if column in known else ""
            st.markdown(f"**{name_of(column)}** {DASH} {text}  \n`{source}.{column}`")


def choose(
    key: str,
    title: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    words: Callable[[str], str] = str,
    buttons: bool = False,
) -> str | None:
    """A filter whose value is in the URL. None where there is nothing to choose.

    With `buttons` all options are in sight, else they are in a list.
    """
    if not options:
        return None
    fallback = default if default in options else options[0]
    url, seen = st.query_params.get(key), f"_url_{key}"
    if key not in st.session_state or (url is not None and url != st.session_state.get(seen)):
        st.session_state[key] = url if url in options else fallback
    if st.session_state[key] not in options:
        st.session_state[key] = fallback
    # Tests ask for the words outside of a view, where no snapshot is open.
    said = {option: words(option) for option in options}

    def say(option: str) -> str:
        return said.get(option, option)

    if buttons:
        chosen = st.segmented_control(title, options, format_func=say, key=key, required=True)
        chosen = chosen if chosen in options else fallback
    else:
        chosen = st.selectbox(title, options, format_func=say, key=key)
    if chosen == fallback:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
    st.session_state[seen] = st.query_params.get(key)
    return chosen


def toggle(key: str, title: str) -> bool:
    """A switch whose value is in the URL."""
    url, seen = st.query_params.get(key), f"_url_{key}"
    if key not in st.session_state or url != st.session_state.get(seen):
        st.session_state[key] = url == "1"
    chosen = st.toggle(title, key=key)
    if chosen:
        st.query_params[key] = "1"
    else:
        st.query_params.pop(key, None)
    st.session_state[seen] = st.query_params.get(key)
    return chosen


def heading(question: str) -> None:
    """The question that a page or a part of it answers."""
    st.subheader(question)
