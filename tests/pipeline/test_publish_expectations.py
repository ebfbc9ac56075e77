"""The expectations hold on any company, and each of them finds what it is there to find."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from small_company import NO_CHURN, ORDINARY, YOUNG, Company, make_build, write_build

from pipeline import runner
from pipeline.console import Reporter
from pipeline.outcomes import ExpectationsFailed
from pipeline.settings import Settings
from pipeline.state import current_build

MONTHLY = "update marts.fct_mrr_monthly set"
RETENTION = "update marts.fct_retention set"
SEGMENTS = "update marts.fct_account_segments set"
COHORTS = "update marts.fct_cohort_retention set"
CAPACITY = "update marts.rpt_coverage_capacity set"
PERFORMANCE = "update marts.rpt_segment_performance set"
HEALTH = "update marts.fct_health_scores set"
USAGE = "update marts.fct_usage_monthly set"
INDICATORS = "update marts.fct_leading_indicators set"
RENEWALS = "update marts.fct_renewals set"
FORECAST = "update marts.fct_mrr_forecast set"
BACKTEST = "update marts.rpt_forecast_backtest set"
TIMES = "update marts.rpt_time_to_value set"
VALUE = "update marts.rpt_value_realization set"
WORKLIST = "update marts.rpt_csm_worklist set"
SCORECARD = "update marts.rpt_executive_scorecard set"
SATISFACTION = "update marts.rpt_satisfaction set"
# What breaks a build, and words of the law that must say so. Each touches a place of its own.
BREAKS = {
    f"{RENEWALS} expected_arr = arr_up + 1, renewed_arr = 0, days_ahead = 0, arr_up = arr_up - 1"
    " where account_id = 'a'": (
        "Probabilities lie within 0 and 1, and what is expected",
        "Renewed is at most what was up",
        "A renewal is judged on a day before it",
        "The quarters hold every renewal",
    ),
    f"{FORECAST} p10 = p90 + 1, starting_mrr = 0, p50 = p50 + 9 where touch_tier = 'all'": (
        "Intervals are ordered",
        "It starts from what the customers pay",
        "The forecast of the whole is the sum of its tiers",
    ),
    f"{BACKTEST} actual = actual + 1 where horizon_months = 2": (
        "What came is what the MRR ledger closed with",
        "Errors and intervals say what their figures say",
    ),
    "update marts.rpt_forecast_accuracy set accuracy = 1.1": ("Accuracy lies within 0 and 1",),
    f"{TIMES} median_days = 30, accounts = 9 where milestone = 'full_value'": (
        "A journey has reached a milestone, is open or was left",
        "A cohort's tier follows the same journeys",
        "A cohort has no more journeys than accounts.",
    ),
    f"{VALUE} cost = cost + 1, validated_value = 201, roi = 9 where account_id = 'a'": (
        "Whoever pays is there, and what it pays is its ARR.",
        "Value achieved is part of the plan's",
        "The return is what value leaves over",
    ),
    "insert into marts.rpt_value_realization from marts.rpt_value_realization"
    " where account_id = 'c'": ("One row per account_id.",),
    f"{WORKLIST} priority_rank = 9, due_on = '2020-01-01', arr = 1 where account_id = 'a'": (
        "A list begins with 1, leaves no rank out",
        "An account is on one list, its owner's",
        "What an account is on the list for is open",
    ),
    f"{SCORECARD} value = value + 1 where figure in ('mean_health', 'share_stable')": (
        "A figure is that of its mart.",
        "The shares of the statuses",
        "A change is the difference of two values",
    ),
    f"{MONTHLY} closing_mrr = closing_mrr + 1 where account_id = 'a' and month = '2024-02-01'": (
        "Every account's month closes",
        "An account's month opens with the closing of the one before",
        "In total, a month opens with",
        "ARR is 12 times MRR.",
        "The base of a window is all that closed",
    ),
    f"{MONTHLY} new_mrr = 1, expansion_mrr = 2 where account_id = 'c' and month = '2024-07-01'": (
        "at most one movement a month",
        "An account is new once",
        "The monthly cohorts hold every account",
    ),
    f"{MONTHLY} is_complete_month = false where account_id = 'd' and month = '2024-06-01'": (
        "A month is as complete here as in dim_dates",
    ),
    f"{MONTHLY} churn_mrr = 61 where account_id = 'b' and month = '2024-12-01'": (
        "A churn event loses what",
        "Over one month, churn, contraction and expansion",
    ),
    "insert into marts.fct_mrr_monthly from marts.fct_mrr_monthly limit 1": (
        "One row per account_id, month.",
    ),
    "update marts.fct_mrr_movements set amount = 1 where account_id = 'b'": (
        "The drivers of an account's month sum",
    ),
    "delete from marts.dim_dates where date_day = '2024-03-05'": ("The calendar has no gap",),
    "update marts.dim_dates set is_complete_month = false where month = '2024-05-01'": (
        "Months are complete up to one month",
        "Only complete months end a window",
        "never shown at an age that its first month has not reached",
    ),
    "delete from marts.fct_account_segments where account_id = 'b' and month = '2024-10-01'": (
        "Segments cover who pays",
    ),
    f"{SEGMENTS} investment_tier = null where account_id = 'd' and month = '2024-10-01'": (
        "Every customer has a tier of each scheme",
    ),
    f"{SEGMENTS} touch_score = 101 where account_id = 'c' and month = '2024-11-01'": (
        "A touch score lies within 0 and 100",
    ),
    f"{SEGMENTS} raw_touch_tier = 'tech_touch' where account_id = 'e' and month = '2024-01-01'": (
        "Where a touch tier is not that of the score",
    ),
    "update marts.fct_segment_transitions set to_tier = 'tech_touch', is_standing = false": (
        "A transition is a change of tier",
        "The account's last transition of a scheme stands",
    ),
    "update marts.dim_accounts set touch_tier = 'tech_touch' where account_id = 'c'": (
        "An account's tiers are those of its latest month",
    ),
    f"{RETENTION} grr = 1.2 where window_months = 1 and month = '2024-04-01'": (
        "GRR is at most 100 % and at most NRR; logo",
        "The rates are those of the amounts",
    ),
    f"{RETENTION} ending_mrr = 1 where window_months = 3 and month = '2024-08-01'": (
        "A base ends with what it started with",
    ),
    f"{RETENTION} starting_accounts = 9 where segment_type = 'region' and month = '2024-09-01'": (
        "The segments of every segmentation sum to all",
    ),
    f"{RETENTION} paused_accounts = 7 where window_months = 1 and month = '2024-10-01'": (
        "Retained and paused accounts are part of the base",
    ),
    f"{RETENTION} is_leaky_bucket = true where window_months = 1 and month = '2024-11-01'": (
        "Verdicts and the leaky bucket are annual",
    ),
    f"{RETENTION} starting_accounts = 50, nrr = 11 where month = '2025-01-01'": (
        "NRR over one month stays below 1000%",
    ),
    f"{COHORTS} retained_accounts = 0 where age_months = 0": ("At age 0 a cohort is whole",),
    f"{COHORTS} grr = 2 where age_months = 3": ("GRR is at most 100 % and at most NRR; no cohort",),
    f"{COHORTS} cohort_mrr = 1 where age_months = 4": ("A cohort keeps its size",),
    f"{COHORTS} retained_mrr = 3 where age_months = 5": ("A monthly cohort's MRR in a month",),
    "update marts.fct_churn_events set churned_month = churned_month + interval '1' month": (
        "Every account that goes to 0",
    ),
    "update marts.fct_churn_events set churned_on = '2030-01-01'": (
        "A churn is dated within the month",
        "A churned account's day is that of its latest churn event",
    ),
    "update marts.fct_churn_events set is_reactivated_later = not is_reactivated_later": (
        "An account came back after a churn",
    ),
    "update marts.rpt_retention_decomposition set expansion_mrr = 1, grr = 0.5, headline = null": (
        "GRR is what churn and contraction leave",
        "A quarter shows the 12 months",
        "Every quarter has its headline",
    ),
    "update marts.rpt_leakage_points set rank = rank + 1, share_of_lost = 0.1": (
        "Ranks count from 1",
        "Each segmentation's leaks",
    ),
    "update marts.dim_accounts set mrr = 7 where account_id = 'e'": (
        "An account's MRR is what its latest month closed with",
        "The accounts' MRR sums",
        "ARR is 12 times MRR; who pays",
    ),
    "update marts.dim_accounts set cohort_quarter = '2020-01-01'": ("First MRR month and cohort",),
    "insert into marts.dim_accounts (account_id, mrr, arr) values ('y', 0, 0), ('z', 0, 0)": (
        "No account is told of that the CRM did not send",
    ),
    "update marts.dim_team_members set left_on = '2020-01-01'": ("Nobody leaves before",),
    f"{USAGE} active_days = 32 where month = '2024-02-01'": ("at most as many active days",),
    f"{USAGE} active_days = 0 where month = '2024-03-01'": ("Without an active day",),
    f"{USAGE} seats = 9 where month = '2024-04-01'": ("Seats are those of the ledger",),
    "delete from marts.fct_usage_monthly where account_id = 'e' and month = '2024-05-01'": (
        "an account has every month in which it pays",
    ),
    f"{INDICATORS} evidence = ' ' where account_id = 'a'": ("Every indicator says what shows it",),
    f"{INDICATORS} snapshot_date = '2025-02-28' where account_id = 'b'": (
        "Who shows an indicator at a month's end pays",
    ),
    "update marts.fct_tickets set created_at = '2025-04-20' where account_id = 'c'": (
        "Where tickets spike",
        "Nothing of a ticket is told before its day",
    ),
    "delete from marts.fct_leading_indicators where severity = 'low' and account_id = 'e'": (
        "Who is single-threaded today has fewer contacts",
    ),
    "update marts.fct_tickets set solved_at = null where account_id = 'd'": (
        "only what is solved is rated",
        "Hours are told of what has happened",
    ),
    "update marts.dim_contacts set departed_on = '2024-01-01'": (
        "Present is who has not departed",
    ),
    f"{SATISFACTION} score = 2 where period = '2024-02-01'": ("Scores lie on their scales",),
    f"{SATISFACTION} responses = 1 where period = '2024-08-01' and touch_tier = 'all'": (
        "The answers of all tiers",
        "A quarter, and a trailing year",
        "A month's CSAT takes in every rated ticket",
    ),
    "update quality.dq_reconciliation set accepted_rows = 0 where source_system = 'billing'": (
        "Every raw row is accepted",
        "The company has accounts and subscriptions",
    ),
    f"{HEALTH} health_score = 170 where account_id = 'a' and snapshot_date = '2024-02-29'": (
        "A score lies from 0 to 100",
        "What the components contribute",
        "The points that the metrics lose",
    ),
    f"{HEALTH} health_status = 'healthy' where account_id = 'd' and snapshot_date = '2024-04-30'": (
        "A higher score never has a worse status",
    ),
    f"{HEALTH} drivers = 'x' where scheme = 'composite'": ("One scheme is in use",),
    f"{HEALTH} snapshot_date = '2024-05-31' where account_id = 'b' "
    "and snapshot_date = '2024-04-30'": (
        "Every account that pays at a complete month's end",
        "Nobody is scored at a month's end who does not pay",
    ),
    "insert into marts.fct_health_scores from marts.fct_health_scores limit 1": (
        "One row per snapshot_date, account_id, scheme",
    ),
    "update marts.fct_health_components set weight = 2 where account_id = 'e'": (
        "The components of an account weigh 1",
    ),
    "update marts.fct_health_metrics set metric_score = 1 where account_id = 'e'": (
        "A driver is a metric that was measured",
    ),
    "update marts.rpt_health_validation set churns = 30 where touch_tier = 'all'": (
        "There are no more churns than observations",
        "The touch tiers' observations and churns sum",
    ),
    f"{SEGMENTS} effective_touch_tier = 'low_touch' where account_id = 'e'": (
        "Who is covered in another tier than its own",
    ),
    f"{CAPACITY} accounts = 9, csm_count = 7": (
        "The accounts and the ARR of the investment tiers",
        "No CSM counts more than whole",
    ),
    f"{CAPACITY} should_hire = true": ("Who is to hire says why",),
    "update marts.rpt_csm_books set accounts = 9 where csm_id = 'm1'": (
        "The books hold all who pay",
        "The health statuses of a book",
    ),
    "insert into marts.fct_retention (window_months, month, segment_type, segment, grr, nrr) select"
    " 12, last_complete_month, 'csm', '(none)', 0.5, 0.5 from intermediate.int_run_context": (
        "A book's retention is that of its CSM",
    ),
    f"{PERFORMANCE} accounts = 7 where tier_scheme = 'arr_tier'": (
        "The tiers of every scheme hold all who pay",
    ),
    f"{PERFORMANCE} stable_share = 0.5, cost_to_serve = 1 where tier_scheme = 'touch_tier'": (
        "The health of a tier's accounts",
        "Serving every scheme's tiers costs the same",
    ),
    "update marts.fct_playbook_triggers set closed_on = opened_on where account_id = 'a'": (
        "An occasion opens by as_of_date",
    ),
    "update marts.fct_playbook_triggers set is_provisional = true where account_id = 'c'": (
        "What is provisional began today",
    ),
    "insert into marts.fct_playbook_triggers (trigger_id, account_id, playbook, opened_on, is_open)"
    " select 'x', account_id, 'x', churned_on, true from marts.dim_accounts"
    " where status = 'churned'": (
        "Every occasion says what shows it",
        "Nothing is open of who has left",
    ),
    "update marts.fct_playbook_tasks set due_on = due_on - 1 where step = 'call'": (
        "A task falls due while its occasion is open",
        "A task stands as its dates say",
    ),
    "update marts.rpt_playbook_compliance set tasks = 99, compliance = 0.5": (
        "The tasks of a month are those due in it",
        "Compliance is the share done on time",
    ),
    "update marts.rpt_account_review set reasons = ' '": ("Only who pays is reviewed",),
    "delete from quality.dq_rejected_rows": ("Rejected rows are as many",),
    "update quality.dq_invalid_values set values_nulled = 1000": ("No column has more values",),
}
LARGE = Company(mrr={f"n{i}": [10, 10, 10, 10] for i in range(60)})
IMPLAUSIBLE = LARGE.with_mrr(
    **{f"n{i}": [10, 10, 0, 0] for i in range(57)}, n59=[10, 10000, 10000, 10000]
)


@pytest.mark.parametrize(
    "company", [ORDINARY, NO_CHURN, YOUNG, LARGE], ids=["ordinary", "no_churn", "young", "large"]
)
def test_they_hold_on_any_company(tmp_path: Path, company: Company) -> None:
    from expectations.validation import validate_build

    write_build(tmp_path / "build.duckdb", company)
    report = validate_build(tmp_path / "build.duckdb", tmp_path / "docs", "1GB")
    assert report.words() == []
    assert report.evaluated > 50
    assert (tmp_path / "docs" / "index.html").exists()


def test_each_finds_what_it_is_there_to_find(tmp_path: Path) -> None:
    from expectations.validation import validate_build

    write_build(tmp_path / "build.duckdb", replace(ORDINARY, extra_sql=tuple(BREAKS)))
    report = validate_build(tmp_path / "build.duckdb", tmp_path / "docs", "1GB")
    found = {finding.sentence for finding in report.findings}
    assert not [finding for finding in report.findings if finding.is_error]
    missed = [
        words
        for expected in BREAKS.values()
        for words in expected
        if not any(words in sentence for sentence in found)
    ]
    assert missed == []


def test_implausible_months_are_found_in_a_large_company(tmp_path: Path) -> None:
    from expectations.validation import validate_build

    hyperinflation = "update marts.fct_mrr_monthly set reported_closing_mrr = 20 * closing_mrr"
    write_build(tmp_path / "build.duckdb", replace(IMPLAUSIBLE, extra_sql=(hyperinflation,)))
    report = validate_build(tmp_path / "build.duckdb", tmp_path / "docs", "1GB")
    assert {finding.sentence.split(" ")[0] for finding in report.findings} == {
        "MRR",
        "NRR",
        "Of",
        "Total",
    }


def test_implausible_segments_are_found_in_a_large_company(tmp_path: Path) -> None:
    from expectations.validation import validate_build

    everybody = (
        f"{SEGMENTS} investment_tier = 'strategic'",
        "update marts.dim_accounts set investment_tier = 'strategic'",
        "insert into marts.fct_segment_transitions (account_id, month, scheme)"
        " select account_id, month, 'touch_tier' from marts.fct_account_segments",
    )
    write_build(tmp_path / "build.duckdb", replace(LARGE, extra_sql=everybody))
    report = validate_build(tmp_path / "build.duckdb", tmp_path / "docs", "1GB")
    found = [finding.sentence for finding in report.findings]
    assert any("are of the strategic investment tier" in sentence for sentence in found)
    assert any("change their touch tier" in sentence for sentence in found)


def test_an_error_of_the_engine_is_not_told_as_a_fault_of_the_data(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    broken = (
        "alter table marts.rpt_leakage_points drop share_of_lost",
        "drop table marts.fct_churn_events",
        "update marts.dim_team_members set left_on = '2020-01-01'",
    )
    make_build(settings, replace(ORDINARY, extra_sql=broken))
    with pytest.raises(ExpectationsFailed) as failed:
        runner.validate_current(settings, Reporter(io.StringIO()))
    data, errors = str(failed.value).split("could not be evaluated:")
    assert "1 of" in data
    assert "Nobody leaves before being hired" in data
    assert "member_id m1" in data
    assert "share_of_lost" in errors
    assert "marts.fct_churn_events: The table must be there" in errors
    settings.build_file.write_bytes(b"no database")
    with pytest.raises(ExpectationsFailed, match=r"could not be evaluated: .*not a valid DuckDB"):
        runner.validate_current(settings, Reporter(io.StringIO()))


def test_a_validation_that_passes_makes_the_build_publishable(tmp_path: Path) -> None:
    settings = Settings(warehouse=tmp_path / "warehouse", target_dir=tmp_path / "target")
    make_build(settings, YOUNG)
    state = settings.state_file.read_text().replace('"is_validated": true', '"is_validated": false')
    settings.state_file.write_text(state)
    row = runner.validate_current(settings, Reporter(io.StringIO()))
    assert row.outcome == "validated"
    known = current_build(settings)
    assert known is not None
    assert known.is_validated
    settings.build_file.touch()
    said = io.StringIO()
    runner.validate_current(settings, Reporter(said))
    assert "cannot be published" in said.getvalue()
    assert current_build(settings) is None
