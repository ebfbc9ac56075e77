"""Nothing is lost: what becomes of bad rows."""

from collections import defaultdict

from bad_extracts import (
    MAX_ROWS,
    MAX_SHARE,
    Built,
    counted,
    nulled,
    rejected,
)


def test_dirty_company_is_built_to_the_end_and_fails_for_the_number_of_its_rejected_rows(
    dirty_build: Built,
):
    assert dirty_build.returncode == 1
    others = {name: s for name, s in dirty_build.results.items() if s not in ("success", "pass")}
    assert others.pop(next(name for name in others if "rows_within_limit" in name)) == "fail"
    assert set(others.values()) <= {"warn", "no-op"}, dirty_build.output[-4000:]


def test_every_row_is_accepted_a_duplicate_or_rejected(dirty, dirty_build: Built):
    assert counted(dirty_build) == {name: dirt.counts for name, dirt in dirty.items()}


def test_every_rejected_row_is_kept_whole_with_its_reason(dirty, dirty_build: Built):
    found = dirty_build.query(
        "select source_system || '_' || table_name, row_key, reason, row_data"
        " from quality.dq_rejected_rows",
    )
    assert sorted(found) == sorted(row for dirt in dirty.values() for row in dirt.rejected)
    assert {reason.split(":")[0] for _, _, reason, _ in found} == {
        "missing", "unparsable", "unknown_value", "out_of_range", "orphan", "interval_reversed",
        "negative_mrr", "no_exchange_rate", "no_end_date", "overlap",
    }  # fmt: skip


def test_details_say_what_was_found_and_what_was_expected(dirty_build: Built):
    details = defaultdict(set)
    for (table, _, reason), detail in rejected(dirty_build).items():
        details[table, reason].add(detail)
    assert all(details.values())
    items, terms = "billing_subscription_items", "billing_contract_terms"
    for table, reason, expected in (
        ("crm_accounts", "missing:account_id", {"account_id is empty, and is required"}),
        (
            "crm_accounts",
            "out_of_range:created_at",
            {
                f"created_at is {day} 00:00:00, expected from 1990-01-01 to 2034-07-01"
                for day in ("1989-12-31", "2034-07-02")
            },
        ),
        (
            "feedback_survey_responses",
            "unparsable:score",
            {
                *(
                    f"score is '{value}', expected a whole number from 0 to 10"
                    for value in ("1.5", "-1", "11")
                ),
                "score is '0', expected from 1 to 5 where survey_type is csat",
                "score is '6', expected from 1 to 5 where survey_type is csat",
                "score is '0', expected from 1 to 7 where survey_type is ces",
                "score is '8', expected from 1 to 7 where survey_type is ces",
            },
        ),
        (
            "crm_opportunities",
            "unknown_value:opportunity_type",
            {
                "opportunity_type is 'nonsense', expected one of new, renewal, upsell, cross_sell,"
                " seat_expansion, usage_expansion"
            },
        ),
        (terms, "orphan:subscription_id", {"no accepted subscription 'no contract'"}),
        (
            terms,
            "interval_reversed:term_end_on",
            {"term_end_on 2023-06-01 is before term_start_on 2023-06-02"},
        ),
        (
            items,
            "overlap:effective_from",
            {"starts 2023-08-31, before the end 2023-09-01 of the row before it"},
        ),
        (
            items,
            "no_exchange_rate:currency",
            {"no row of billing.exchange_rates for 'XXX'"},
        ),
    ):
        assert details[table, reason] == expected


def test_optional_values_that_do_not_parse_are_null_and_counted(dirty, dirty_build: Built):
    assert nulled(dirty_build) == {
        (name, column): (len(values), min(values))
        for name, dirt in dirty.items()
        for column, values in dirt.invalid.items()
    }
    nulls = "select count(*) from staging.stg_crm__contacts where relationship_strength is null"
    assert dirty_build.query(nulls) == [(3,)]  # 1.5, 0 and 6


def test_last_version_of_a_row_stands(dirty_build: Built):
    industries = dirty_build.query(
        "select account_id, industry from staging.stg_crm__accounts"
        " where account_id in ('by time', 'by content', 'half bad') order by account_id",
    )
    assert industries == [("by content", "B"), ("by time", "new"), ("half bad", "some industry")]


def test_build_says_in_words_what_it_rejected_and_what_is_too_much(dirty, dirty_build: Built):
    said = set()
    for name, dirt in dirty.items():
        rows, _, _, count = dirt.counts
        is_too_many = count > MAX_ROWS and count > MAX_SHARE * rows
        level = "ERROR" if is_too_many else "WARNING"
        limit = ", more than max_rejected_share 0.01 allows" if is_too_many else ""
        table = name.split("_", 1)[1]
        assert (
            f"{level} {name}: {count} of {rows} rows rejected{limit}."
            f" See build.quality.dq_rejected_rows where table_name = '{table}'"
        ) in dirty_build.output
        said.add((level, count > MAX_ROWS, count > MAX_SHARE * rows))
    # Few rows are borne, and so is a small share; both together are not.
    assert said == {("WARNING", False, True), ("WARNING", True, False), ("ERROR", True, True)}
    overlap = "starts 2023-08-31, before the end 2023-09-01 of the row before it"
    assert f"    1 x overlap:effective_from, such as: {overlap}" in dirty_build.output
