"""Tables as text: their sentences wrap, they print, and on a phone each row reads as a card."""

from collections.abc import Callable, Mapping
from html import escape

import pandas as pd
import streamlit as st

from dashboard import data, looks

STYLE = """<style>
table.sheet {border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.35}
table.sheet th {text-align: left; font-weight: 600; color: #52606d; padding: .25rem .5rem;
  border-bottom: 1px solid #9aa5b1; vertical-align: bottom}
table.sheet td {padding: .3rem .5rem; border-bottom: 1px solid #e4e7eb; vertical-align: top}
table.sheet td.sentence {overflow-wrap: anywhere}
table.sheet td.day {white-space: nowrap}
table.sheet .figure {text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums}
table.sheet a {color: inherit; text-decoration: underline dotted #9aa5b1}
table.sheet a:hover {color: #0072b2}
table.sheet tr {break-inside: avoid}
@media screen and (max-width: 640px) {
  table.sheet thead {display: none}
  table.sheet tr {display: block; padding: .4rem 0; border-bottom: 1px solid #cbd2d9}
  table.sheet td {display: flex; justify-content: space-between; gap: 1rem; border: 0;
    padding: .1rem 0; text-align: right}
  table.sheet td::before {content: attr(data-name); color: #52606d; text-align: left;
    white-space: nowrap}
  table.sheet td.sentence {display: block; text-align: left}
  table.sheet td.sentence::before {display: none}
}
</style>"""


def style() -> None:
    """Give the sheets of a page their looks, once a page."""
    st.html(STYLE)


def sheet(
    frame: pd.DataFrame,
    source: str,
    *,
    empty: str,
    names: Mapping[str, str] | None = None,
    words: Mapping[str, Callable[[object], str]] | None = None,
    sentences: tuple[str, ...] = (),
    links: pd.Series | None = None,
    most: int | None = None,
) -> bool:
    """Show rows as text, in the formats of the source table's columns. False where there are none.

    `words` are formats that win over those. `sentences` are columns of text, which on a phone
    take a whole line. `links` are addresses, one a row, of the first sentence. `most` cuts the
    rows and says so. `empty` says why there are none.
    """
    if frame.empty:
        st.caption(empty)
        return False
    shown = frame if most is None else frame.head(most)
    st.html(html(shown, source, names or {}, words or {}, sentences, links))
    if len(shown) < len(frame):
        st.caption(f"The first {len(shown)} of {len(frame):,} rows.")
    return True


def html(
    frame: pd.DataFrame,
    source: str,
    names: Mapping[str, str],
    words: Mapping[str, Callable[[object], str]],
    sentences: tuple[str, ...],
    links: pd.Series | None,
) -> str:
    """The table as HTML, every text escaped. The arguments are those of `sheet`."""
    known = data.definitions(source)
    heads, columns = [], []
    for column in frame.columns:
        definition = known.get(column, data.Definition(""))
        name = escape(names.get(column) or looks.name_of(column), quote=True)
        shape = _shape(frame[column], definition, column in sentences)
        title = f' title="{escape(definition.text, quote=True)}"' if definition.text else ""
        heads.append(f'<th class="{shape}"{title}>{name}</th>')
        show = words.get(column) or looks.formatter(definition)
        texts = [escape(show(value)) for value in frame[column]]
        if links is not None and column == (sentences or (frame.columns[0],))[0]:
            texts = [
                f'<a href="{escape(link, quote=True)}" target="_self">{text}</a>'
                for link, text in zip(links.loc[frame.index], texts, strict=True)
            ]
        columns.append([f'<td class="{shape}" data-name="{name}">{text}</td>' for text in texts])
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    head = f"<thead><tr>{''.join(heads)}</tr></thead>"
    return f'<table class="sheet">{head}<tbody>{body}</tbody></table>'


def _shape(values: pd.Series, definition: data.Definition, is_sentence: bool) -> str:
    if is_sentence:
        return "sentence"
    if definition.unit:
        return "figure"
    return "day" if pd.api.types.is_datetime64_any_dtype(values) else "word"
