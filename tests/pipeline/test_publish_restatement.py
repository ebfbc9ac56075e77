"""The alarm: a publish reports every change of months that readers have seen complete."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from small_company import ORDINARY, YOUNG, Company, make_build
from test_publish import published, query

from pipeline import runner, snapshot
from pipeline.console import Reporter
from pipeline.outcomes import PublishFailed
from pipeline.runs import RunRow
from pipeline.settings import Settings

RESTATED = (
    "select table_name, month, figure, previous_value, new_value, change "
    "from quality.rpt_restatements order by all"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse in which ORDINARY is published."""
    found = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    publish(found, ORDINARY)
    return found


def publish(
    settings: Settings, company: Company, *, accepts: bool = False, raw_source: str = "demo"
) -> tuple[RunRow, str]:
    """Build and publish a company; the run, and what was said."""
    make_build(settings, company, raw_source=raw_source)
    said = io.StringIO()
    row = runner.publish_current(settings, accepts_restatement=accepts, reporter=Reporter(said))
    return row, said.getvalue()


def next_month(company: Company) -> Company:
    """The same company a month later: the open month is complete, and another is open."""
    return replace(company, mrr={name: [*mrr, mrr[-1]] for name, mrr in company.mrr.items()})


def changed(name: str, month: int, by: float) -> Company:
    """ORDINARY with one account's MRR changed in one month."""
    mrr = list(ORDINARY.mrr[name])
    mrr[month] += by
    return ORDINARY.with_mrr(**{name: mrr})


def test_the_same_data_restate_nothing(settings: Settings) -> None:
    row, said = publish(settings, ORDINARY)
    assert row.restated_figures == 0
    assert "restated" not in said
    assert published(settings, RESTATED) == []


def test_a_new_month_restates_nothing(settings: Settings) -> None:
    row, _ = publish(settings, next_month(ORDINARY))
    assert row.last_complete_month == "2025-04-01"
    assert row.restated_figures == 0


def test_a_change_in_the_open_month_restates_nothing(settings: Settings) -> None:
    row, _ = publish(settings, changed("e", 15, 500))
    assert row.restated_figures == 0


def test_a_small_restatement_is_published_and_reported(settings: Settings) -> None:
    # MRR in May 2024 is 1,675.50, and 0.5 % of it are 8.38.
    row, said = publish(settings, changed("e", 4, 8))
    found = published(settings, RESTATED)
    assert row.restated_figures == len(found) > 0
    closing = ("fct_mrr_monthly", date(2024, 5, 1), "closing_mrr", 1675.5, 1683.5, 8.0)
    assert closing in found
    cohort = ("fct_cohort_retention", date(2024, 5, 1), "retained_mrr_cohort_2024_01")
    assert any(row[:3] == cohort for row in found)
    assert any(row[0] == "fct_retention" and row[2] == "nrr_1m" for row in found)
    assert {row[1] for row in found if row[0] == "fct_mrr_monthly"} == {
        date(2024, 5, 1),
        date(2024, 6, 1),
    }
    assert "2 complete months (2024-05 to 2024-06), 1 account" in said


def test_a_large_restatement_is_refused_until_accepted(settings: Settings) -> None:
    stood = snapshot.published_run(settings)
    company = changed("e", 4, 9)
    with pytest.raises(PublishFailed) as refusal:
        publish(settings, company)
    assert "--accept-restatement" in str(refusal.value)
    assert "2024-05 closing_mrr: 1,675.50 -> 1,684.50 (0.54%)" in str(refusal.value)
    assert refusal.value.details["restatements"][0]["table_name"] == "fct_mrr_monthly"
    assert snapshot.published_run(settings) == stood
    assert not [path for path in settings.snapshots.iterdir() if path.name != stood]
    row, _ = publish(settings, company, accepts=True)
    assert snapshot.published_run(settings) == row.run_id
    assert row.restated_figures
    assert row.restated_figures > 0


def test_the_limit_is_a_setting(settings: Settings) -> None:
    with pytest.raises(PublishFailed):
        publish(replace(settings, max_restatement=0.001), changed("e", 4, 8))
    publish(replace(settings, max_restatement=0.5), changed("e", 4, 9))


def test_moves_that_cancel_out_in_the_total_are_seen(settings: Settings) -> None:
    company = changed("e", 4, -100)
    mrr = list(company.mrr["a"])
    mrr[4] += 100
    with pytest.raises(PublishFailed, match="in 2 accounts"):
        publish(settings, company.with_mrr(a=mrr))


def test_a_month_that_is_gone_is_a_restatement(settings: Settings) -> None:
    shorter = Company(mrr={name: mrr[:-1] for name, mrr in ORDINARY.mrr.items()})
    with pytest.raises(PublishFailed, match=r"2025-03 .*-> nothing \(100.00%\)"):
        publish(settings, shorter)


def test_history_before_the_first_published_month_is_a_restatement(settings: Settings) -> None:
    publish(settings, ORDINARY.with_mrr(e=[0, *[1000] * 15]), accepts=True)
    with pytest.raises(PublishFailed, match="2024-01 closing_mrr"):
        publish(settings, ORDINARY)


def test_earlier_restatements_are_carried_over(settings: Settings) -> None:
    publish(settings, changed("e", 4, 8))
    first = published(settings, RESTATED)
    publish(settings, changed("e", 5, 8), accepts=True)
    both = published(settings, RESTATED)
    assert set(first) < set(both)
    publish(settings, changed("e", 5, 8))
    assert published(settings, RESTATED) == both


def test_own_data_after_the_demo_restate_nothing(settings: Settings) -> None:
    publish(settings, changed("e", 4, 8))
    assert published(settings, RESTATED)
    row, said = publish(settings, YOUNG, raw_source="files in /data/extracts")
    assert row.restated_figures == 0
    assert "The demo company was published before" in said
    assert published(settings, RESTATED) == []


def test_own_data_of_another_place_or_none_are_compared(settings: Settings) -> None:
    publish(settings, ORDINARY, raw_source="files in /data/march")
    for raw_source in ("files in /data/april", "tables in raw", "demo"):
        with pytest.raises(PublishFailed):
            publish(settings, YOUNG, raw_source=raw_source)


def test_the_key_of_a_restatement_is_unique(settings: Settings) -> None:
    publish(settings, changed("c", 6, 300), accepts=True)
    keys = "select published_at, table_name, month, figure from quality.rpt_restatements"
    found = published(settings, keys)
    assert len(found) == len(set(found)) > 20


def test_the_yearly_change_of_rates_says_what_it_is(settings: Settings) -> None:
    company = replace(changed("e", 4, 8), fx_rate_on=date(2026, 1, 1))
    row, said = publish(settings, company)
    assert "now those of 2026-01-01, not those of 2025-01-01" in said
    assert row.fx_rate_on == "2026-01-01"
    _, said = publish(settings, company)
    assert "now those of" not in said


def test_a_published_snapshot_of_an_earlier_version_is_compared_as_far_as_it_goes(
    settings: Settings,
) -> None:
    older = replace(
        ORDINARY, extra_sql=("alter table marts.fct_mrr_monthly drop reported_closing_mrr",)
    )
    publish(settings, older)
    row, _ = publish(settings, changed("e", 4, 8))
    figures = {figure for _, _, figure, *_ in published(settings, RESTATED)}
    assert "closing_mrr" in figures
    assert "reported_closing_mrr" not in figures
    path = settings.snapshots / row.run_id / snapshot.DATABASE
    assert query(path, "select count(*) from marts.fct_mrr_monthly")
