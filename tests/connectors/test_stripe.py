"""The connector of Stripe: what its tables become, what loaders do to them, and what is absent."""

from pathlib import Path
from typing import Any

import pytest
from connected import SHARED, Connected, connected
from stripe_rows import company, small

ITEMS = """
    select effective_from, effective_to, plan_id, quantity, unit_amount
    from connectors.con_stripe__subscription_items
    where subscription_id = '{}' order by item_id, effective_from
"""
EVERY_MODEL = "+con_stripe__subscription_items +con_stripe__subscription_pauses "
EVERY_MODEL += "+con_stripe__accounts +con_stripe__invoices +con_stripe__plans "
EVERY_MODEL += "+con_stripe__contract_terms +con_stripe__subscriptions"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Connected:
    build = connected(tmp_path_factory.mktemp("full"), {"stripe": company()}, select=EVERY_MODEL)
    assert build.code == 0, build.output
    return build


def days(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows with their dates as text."""
    return [tuple(str(v) if hasattr(v, "year") else v for v in row) for row in rows]


def items_of(build: Connected, subscription: str) -> list[tuple[Any, ...]]:
    return days(build.rows(ITEMS.format(subscription)))


def test_pending_charges_date_a_change(full: Connected) -> None:
    assert items_of(full, "sub_pend") == [
        ("2024-01-04", "2024-06-11", "price_80", 2, 80),
        ("2024-06-11", None, "price_80", 5, 80),
    ]


def test_removed_item_ends_with_its_last_credit(full: Connected) -> None:
    assert items_of(full, "sub_removed") == [("2024-01-04", "2024-02-19", "price_80", 1, 80)]


def test_versions_tell_quantities_of_an_item_without_lines(full: Connected) -> None:
    assert items_of(full, "sub_cut") == [
        ("2024-01-04", "2024-03-10", "price_80", 2, 80),
        ("2024-03-10", None, "price_80", 3, 80),
    ]


def test_append_mode_has_one_subscription(full: Connected) -> None:
    sql = """
        select not_taken, count(*) from connectors.con_stripe__subscriptions
        where subscription_id = 'sub_again' group by 1 order by 1
    """
    assert full.rows(sql) == [("older_version", 1), (None, 1)]
    assert items_of(full, "sub_again") == [("2024-01-04", None, "price_80", 1, 80)]


def test_amount_off_is_shared_and_only_in_its_currency(full: Connected) -> None:
    sql = """
        select item_id, discount_percent, round(discount_amount, 6), is_temporary_discount
        from connectors.con_stripe__subscription_items
        where subscription_id in ('sub_split', 'sub_again') order by item_id
    """
    assert full.rows(sql) == [
        ("si_again", None, None, False),
        ("si_split", None, 8, False),
        ("si_split2", None, 2, False),
    ]


def test_pause_of_a_new_load_is_read_from_invoices(full: Connected) -> None:
    sql = """
        select subscription_id, paused_from, resumed_on
        from connectors.con_stripe__subscription_pauses order by 1
    """
    assert days(full.rows(sql)) == [
        ("sub_gift", "2024-05-01", "2024-07-15"),
        ("sub_resync", "2024-03-04", "2024-05-04"),
    ]


def test_subscriptions_state_their_own_dates(full: Connected) -> None:
    sql = """
        select
            subscription_id, started_on, ended_on, canceled_on, status, is_trial, trial_ends_on,
            concat_ws(' ', plan_id, currency, term_months, auto_renew)
        from connectors.con_stripe__subscriptions
        where subscription_id in ('sub_gift', 'sub_plan', 'sub_split') and not_taken is null
        order by 1
    """
    assert days(full.rows(sql)) == [
        ("sub_gift", "2024-01-04", None, None, "active", False, None, "price_80 USD 1 true"),
        (
            "sub_plan",
            "2023-06-04",
            "2025-01-04",
            "2024-06-02",
            "active",
            False,
            None,
            "old_yearly USD 12 false",
        ),
        ("sub_split", "2024-01-04", None, None, "active", False, None, "price_80 USD 1 true"),
    ]


def test_what_is_left_out_says_why(full: Connected) -> None:
    sql = """
        select table_name, id, not_taken from (
            select 'accounts' as table_name, account_id as id, not_taken
            from connectors.con_stripe__accounts
            union all
            select 'invoices', invoice_id, not_taken from connectors.con_stripe__invoices
            union all
            select 'items', item_id, not_taken from connectors.con_stripe__subscription_items
            union all
            select 'plans', plan_id, not_taken from connectors.con_stripe__plans
            union all
            select 'subscriptions', subscription_id, not_taken
            from connectors.con_stripe__subscriptions
            union all
            select 'terms', subscription_id, not_taken from connectors.con_stripe__contract_terms
        ) as rows_left_out
        where not_taken is not null and not_taken <> 'older_version' order by 1, 2
    """
    assert full.rows(sql) == [
        ("accounts", "cus_none", "no_subscription"),
        ("accounts", "cus_test", "no_subscription"),
        ("accounts", "cus_tested", "test_mode"),
        ("invoices", "in_cut_2024-02", "deleted"),
        ("invoices", "in_none_2024-02", "no_subscription"),
        ("invoices", "in_tested_2024-02", "test_mode"),
        ("items", "si_begun", "incomplete"),
        ("items", "si_lost", "one_time"),
        ("items", "si_test", "test_mode"),
        ("plans", "once", "one_time"),
        ("subscriptions", "sub_begun", "incomplete"),
        ("subscriptions", "sub_test", "test_mode"),
        ("terms", "sub_plan", "no_commitment"),
    ]


def test_invoices_plans_accounts_and_terms(full: Connected) -> None:
    assert days(
        full.rows(
            """
            select account_id, issued_on, due_on, paid_on, amount_due, amount_paid, currency, status
            from connectors.con_stripe__invoices where invoice_id = 'in_cut_2024-01'
            """
        )
    ) == [("cus_cut", "2024-01-04", "2024-02-03", "2024-01-05", 80, 80, "USD", "paid")]
    assert full.rows(
        """
        select plan_id, plan_name, product_name from connectors.con_stripe__plans
        where not_taken is null order by 1
        """
    ) == [
        ("old_yearly", "App (year)", "App"),
        ("price_20", "Add-on (3 months)", "Add-on"),
        ("price_80", "Team", "App"),
    ]
    # A customer whom the loader does not list: his id alone, since his first subscription.
    assert days(
        full.rows(
            """
            select account_id, account_name, cast(created_at as date)
            from connectors.con_stripe__accounts
            where account_id in ('cus_cut', 'cus_lost') order by 1
            """
        )
    ) == [("cus_cut", "a@cut.example", "2024-01-01"), ("cus_lost", "cus_lost", "2024-01-04")]
    assert days(
        full.rows(
            """
            select subscription_id, term_start_on, term_end_on, auto_renew, signed_on
            from connectors.con_stripe__contract_terms where not_taken is null
            """
        )
    ) == [("sub_cut", "2024-01-04", "2025-01-04", False, "2024-01-02")]
    assert full.rows(
        """
        select distinct plan_id, unit from connectors.con_stripe__subscription_items
        where not_taken is null order by 1
        """
    ) == [("old_yearly", "seat"), ("price_20", "flat"), ("price_80", "seat")]


def test_present_state_is_all_without_other_tables(tmp_path: Path) -> None:
    """Without lines and versions the present state alone is known, and no table costs the build."""
    tables = small(company(), ["cut", "split"])
    tables = {name: tables[name] for name in ("subscription_history", "subscription_item", "price")}
    for row in tables["subscription_history"]:
        del row["_fivetran_start"]
    build = connected(tmp_path, {"stripe": tables}, select=EVERY_MODEL)
    assert build.code == 0, build.output
    assert items_of(build, "sub_cut") == [("2024-01-04", None, "price_80", 3, 80)]
    assert build.rows("select count(*) from connectors.con_stripe__invoices") == [(0,)]
    assert build.rows(
        "select count(discount_amount) from connectors.con_stripe__subscription_items"
    ) == [(0,)]
    assert build.rows(
        "select account_id, account_name from connectors.con_stripe__accounts order by 1"
    ) == [("cus_cut", "cus_cut"), ("cus_split", "cus_split")]
    assert "the present price of an item counts for its whole past" in build.output


def test_a_change_that_no_invoice_billed_is_dated_by_the_load(tmp_path: Path) -> None:
    tables = small(company(), ["pend"], without=("invoice_item",))
    build = connected(tmp_path, {"stripe": tables}, select="+con_stripe__subscription_items")
    assert build.code == 0, build.output
    assert items_of(build, "sub_pend") == [
        ("2024-01-04", "2024-07-01", "price_80", 2, 80),
        ("2024-07-01", None, "price_80", 5, 80),
    ]


def test_without_items_the_build_names_what_is_missing(tmp_path: Path) -> None:
    tables = small(company(), ["cut"], without=("subscription_item",))
    build = connected(tmp_path, {"stripe": tables}, select="+con_stripe__subscription_items")
    assert build.code != 0
    assert "subscription_item" in build.output


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_seeds_of_a_package_build(tmp_path: Path) -> None:
    build = connected(tmp_path, {"stripe": SHARED / "stripe_fivetran"}, select=EVERY_MODEL)
    assert build.code == 0, build.output
