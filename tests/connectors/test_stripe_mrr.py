"""MRR of Stripe: worked by hand, by the reference, and by the warehouse through the connectors."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from connected import SHARED, Connected, connected
from random_stripe import random_stripe
from reference.stripe import Ledger, StripeCompany
from stripe_account import WRITERS, Account
from stripe_oddity import ODDITIES
from stripe_traps import AS_OF, RATES, company, spans, worked

LOADERS = list(WRITERS)
SEEDS = (1, 2, 3)
SYNCED = date(2025, 6, 30)
RULES = {f"S{number}" for number in range(1, 21)}
# Accounts that lie beside the repository; their figures are the reference's.
beside = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
SHARED_RATES = SHARED / "loaded_company" / "billing_exchange_rates.csv"
TRAP_RATES = SHARED / "stripe_traps" / "billing_exchange_rates.csv"
MRR = "select account_id, month, closing_mrr from marts.fct_mrr_monthly where closing_mrr > 0"

# The customers of `stripe_traps`, worked by hand from the rules that their names suggest.
TRAPS = {
    "cus_cents": "2024-01..2024-03 98.00; 2024-04..2024-08 245.00; 2024-09..2025-06 196.00",
    "cus_yen": "2024-02..2025-06 78.00",
    "cus_undone": "2024-01..2025-01 100.00",
    "cus_pause": "2024-03..2024-08 200.00; 2024-12..2025-06 200.00",
    "cus_drafts": "2024-05..2025-06 100.00",
    "cus_forever": "2024-01..2025-06 80.00",
    "cus_repeat": "2024-03..2024-05 100.00; 2024-06..2025-06 200.00",
    "cus_onceyear": "2024-02..2025-01 80.00; 2025-02..2025-06 100.00",
    "cus_toomuch": "2025-01..2025-06 40.00",
    "cus_tiers": "2024-02..2024-06 140.00; 2024-07..2025-06 220.00",
    "cus_packs": "2024-06..2025-06 100.00",
    "cus_metered": "2024-01..2025-06 50.00",
    "cus_trial": "2024-06..2025-06 99.00",
    "cus_triallost": "",
    "cus_courtesy": "2024-01..2024-09 60.00; 2024-11..2025-06 60.00",
    "cus_schedule": "2024-01..2024-05 100.00; 2024-06..2025-06 150.00",
    "cus_backdated": "2024-01..2025-06 50.00",
    "cus_incomplete": "",
    "cus_testmode": "",
    "cus_several": "2024-01..2024-03 100.00; 2024-04..2024-05 143.33; "
    "2024-06..2024-10 173.66; 2024-11..2025-06 73.66",
    "cus_euro": "2024-03..2025-06 98.80",
    "cus_addon": "2024-01..2024-04 300.00; 2024-05..2024-09 345.00; 2024-10..2025-06 300.00",
    "cus_pending": "2024-02..2025-05 200.00; 2025-06..2025-06 300.00",
    "cus_leaving": "2024-07..2025-06 200.00",
}


def differences(
    one: Ledger, other: Ledger
) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
    """The customer-months whose MRR differs."""
    return [
        (
            customer_id,
            f"{month:%Y-%m}",
            one.get((customer_id, month)),
            other.get((customer_id, month)),
        )
        for customer_id, month in sorted(one.keys() | other.keys())
        if one.get((customer_id, month)) != other.get((customer_id, month))
    ]


def built(home: Path, folder: Path, rates: Path, as_of: date) -> Connected:
    """The ledger of a folder, built through the connectors."""
    with rates.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return connected(
        home,
        {"stripe": folder},
        raw={"billing_exchange_rates": rows},
        select="+fct_mrr_monthly",
        as_of_date=str(as_of),
        run_date=str(as_of + timedelta(days=1)),
        reporting_currency="USD",
    )


def ledger_of(build: Connected) -> Ledger:
    assert build.code == 0, build.output
    return {(account_id, month): amount for account_id, month, amount in build.rows(MRR)}


def own(home: Path, loader: str) -> tuple[Path, Path]:
    """The account of oddities as a loader leaves it, and its exchange rates."""
    return written(home, company(), loader)


def written(home: Path, account: Account, loader: str) -> tuple[Path, Path]:
    """The folder of an account in a loader's shape, and its exchange rates."""
    WRITERS[loader](account, home / loader)
    rates = home / "rates.csv"
    rates.write_text(RATES)
    return home / loader, rates


def test_each_rule_has_a_customer() -> None:
    assert {rule for each in ODDITIES for rule in each.rules} == RULES
    assert len({each.name for each in ODDITIES}) == len(ODDITIES)


@pytest.mark.parametrize("loader", LOADERS)
def test_reference_gives_what_was_worked_by_hand(tmp_path: Path, loader: str) -> None:
    reference = StripeCompany.read(*own(tmp_path, loader))
    assert differences(reference.ledger(AS_OF), worked(loader)) == []


@pytest.mark.parametrize("loader", LOADERS)
def test_warehouse_gives_what_was_worked_by_hand(tmp_path: Path, loader: str) -> None:
    build = built(tmp_path / "build", *own(tmp_path, loader), AS_OF)
    assert differences(ledger_of(build), worked(loader)) == []


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_reference_gives_the_mrr_of_random_lives(tmp_path: Path, seed: int, loader: str) -> None:
    account, lived, unbilled = random_stripe(seed)
    folder, rates = written(tmp_path, account, loader)
    found = differences(StripeCompany.read(folder, rates).ledger(AS_OF), lived)
    # Without versions nobody knows when a change came that no invoice has billed.
    assert [row for row in found if loader == "fivetran" or row[0] not in unbilled] == []


def test_warehouse_gives_the_mrr_of_random_lives(tmp_path: Path) -> None:
    account, lived, _ = random_stripe(SEEDS[0])
    build = built(tmp_path / "build", *written(tmp_path, account, "fivetran"), AS_OF)
    assert differences(ledger_of(build), lived) == []


def reference(folder: str) -> Ledger:
    rates = TRAP_RATES if folder == "stripe_traps" else SHARED_RATES
    return StripeCompany.read(SHARED / folder, rates).ledger(SYNCED)


@beside
def test_reference_gives_what_was_worked_by_hand_of_the_traps() -> None:
    expected: Ledger = {}
    for customer_id, months in TRAPS.items():
        expected |= spans(customer_id, months)
    assert differences(reference("stripe_traps"), expected) == []


@beside
@pytest.mark.parametrize("folder", ["stripe_dlt", "stripe_airbyte"])
def test_without_versions_unbilled_changes_alone_differ(folder: str) -> None:
    """Eleven items changed after their last invoice; one subscription ended in that month."""
    known = reference("loaded_company/stripe")
    without = reference(f"loaded_company/{folder}")
    assert {row[:2] for row in differences(known, without)} == {
        ("cus_3QsR2gim4YjpJ5", "2025-06"),
        ("cus_3hTLERThxRVLJB", "2025-06"),
        ("cus_JruirzqPNnZcvb", "2024-09"),
        ("cus_XChZg4ohWBekdw", "2025-06"),
        ("cus_dUZRwcKL2tumXK", "2025-06"),
        ("cus_gFAZia25MNZZya", "2025-06"),
        ("cus_mMVWRUe9ij7rrP", "2024-06"),
        ("cus_sDoqMVt4XkQWLL", "2025-06"),
        ("cus_yrAXbDbBzXUCct", "2024-08"),
        ("cus_yrAXbDbBzXUCct", "2025-06"),
    }


@beside
@pytest.mark.parametrize(
    "folder",
    [
        "stripe_traps",
        "loaded_company/stripe",
        "loaded_company/stripe_dlt",
        "loaded_company/stripe_airbyte",
    ],
)
def test_warehouse_agrees_with_the_reference(tmp_path: Path, folder: str) -> None:
    rates = TRAP_RATES if folder == "stripe_traps" else SHARED_RATES
    build = built(tmp_path, SHARED / folder, rates, SYNCED)
    assert differences(ledger_of(build), reference(folder)) == []
