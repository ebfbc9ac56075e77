"""What an oddity of a Stripe account is, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stripe_account import Account

START = "2024-01-04 09:00"


@dataclass(frozen=True)
class Oddity:
    """What a customer's account looks like, the rules that it shows, and its MRR by loader."""

    name: str
    rules: tuple[str, ...]
    build: Callable[[Account], None]
    months: dict[str, str]


ODDITIES: list[Oddity] = []


def oddity(rules: str, months: str, dlt: str | None = None, airbyte: str | None = None):
    """Add a customer: the rules, and the MRR that Fivetran's, dlt's and Airbyte's tables give."""

    def register(build: Callable[[Account], None]) -> Callable[[Account], None]:
        worked = {
            "fivetran": months,
            "dlt": months if dlt is None else dlt,
            "airbyte": months if airbyte is None else airbyte,
        }
        ODDITIES.append(Oddity(build.__name__, tuple(rules.split()), build, worked))
        return build

    return register


def simple(account: Account, name: str, first: str = START, periods: int = 12) -> None:
    """A customer with one item of 80 a month, billed for some months."""
    account.customer(name)
    account.subscription(name, first)
    account.item(name, "price_80", 1, first)
    account.bill(name, "price_80", 1, 8000, first, periods)
