"""The board's memos: no figure that is not in a mart, and no number that is not evidence."""

import re
from datetime import date, timedelta

import duckdb

DECISIONS = {"retention", "segmentation", "coverage", "next_hire"}
LAST_DAY = 90
# Words of a sentence that are numbers and no figures: ranges of ARR tiers, such as 15k to 100k.
RANGES = re.compile(r"\d+k\b")
NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?%?")


def test_every_figure_is_in_its_mart(marts: duckdb.DuckDBPyConnection):
    rows = marts.execute("select mart, figure, value from marts.rpt_board_evidence").fetchall()
    assert len(rows) > 40
    for mart, figure, value in rows:
        if mart == "rpt_executive_scorecard":
            query = f"select count(*) from marts.{mart} where figure = ? and value = ?"
            found = marts.execute(query, [figure, value]).fetchone()
        else:
            query = f"select count(*) from marts.{mart} where cast({figure} as double) = ?"
            found = marts.execute(query, [value]).fetchone()
        assert found != (0,), (mart, figure, value)


def test_every_number_of_a_bottom_line_is_one_of_the_evidence(marts: duckdb.DuckDBPyConnection):
    rows = marts.execute("select decision, section, text from marts.rpt_board_memo").fetchall()
    assert {decision for decision, *_ in rows} == DECISIONS
    for decision in DECISIONS:
        by_section = {
            section: [text for other, part, text in rows if (other, part) == (decision, section)]
            for _, section, _ in rows
        }
        shown = {number for text in by_section["evidence"] for number in NUMBER.findall(text)}
        (bottom_line,) = by_section["bottom_line"]
        numbers = NUMBER.findall(RANGES.sub("", bottom_line))
        assert numbers, bottom_line
        assert set(numbers) <= shown, bottom_line
        assert "{" not in "".join(text for *_, text in rows)


def test_steps_are_due_within_ninety_days(marts: duckdb.DuckDBPyConnection):
    (as_of,) = marts.execute("select as_of_date from intermediate.int_run_context").fetchone()
    days = marts.execute(
        "select decision, list(due_on order by line) from marts.rpt_board_memo"
        " where section = 'how_to_act' group by decision"
    ).fetchall()
    assert {decision for decision, _ in days} == DECISIONS
    for _, due in days:
        assert len(due) == len(set(due)) == 3
        assert all(_within(as_of, day) for day in due)


def _within(as_of: date, day: date) -> bool:
    return as_of < day <= as_of + timedelta(days=LAST_DAY)
