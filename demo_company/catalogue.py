"""The products of the company: plans, prices and the lines of a first order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .population import Account
from .streams import Draw

CORE, PLATFORM, AUTOMATION, INSIGHTS, CARE = (
    "prod_core",
    "prod_platform",
    "prod_automation",
    "prod_insights",
    "prod_care",
)

PLANS: tuple[tuple[str, str, str, int], ...] = (
    ("core_starter", "Starter", CORE, 1),
    ("core_team", "Team", CORE, 2),
    ("core_business", "Business", CORE, 3),
    ("core_enterprise", "Enterprise", CORE, 4),
    ("insights_basic", "Insights", INSIGHTS, 1),
    ("insights_pro", "Insights Pro", INSIGHTS, 2),
    ("automation_metered", "Automation runs", AUTOMATION, 1),
    ("care_standard", "Care", CARE, 1),
    ("care_premium", "Premium Care", CARE, 2),
)
"""Rows of billing_plans: plan, name, product, rank. The platform fee has no plan."""

SEAT_PRICES = {
    "core_starter": 180.0,
    "core_team": 230.0,
    "core_business": 290.0,
    "core_enterprise": 345.0,
}
"""USD per seat and month."""

RUN_PRICE = 0.011
"""USD per automation run."""

CURRENCY_FACTOR = {"USD": 1.0, "EUR": 0.93, "GBP": 0.80}
"""Price in the currency ÷ price in USD. The price list is not the exchange rate of the day."""

INTERVAL_MONTHS = {
    "week": 12 / 52,
    "month": 1.0,
    "quarter": 3.0,
    "half_year": 6.0,
    "year": 12.0,
    "two_years": 24.0,
    "three_years": 36.0,
}
LONG_TERM_DISCOUNT = {"year": 0.06, "two_years": 0.10, "three_years": 0.13}

RICHER = {
    "core_starter": "core_team",
    "core_team": "core_business",
    "core_business": "core_enterprise",
    "insights_basic": "insights_pro",
    "care_standard": "care_premium",
}
POORER = {richer: poorer for poorer, richer in RICHER.items()}


@dataclass(frozen=True)
class Line:
    """The values of one line of a subscription during one row of its price history.

    `price` is in the account's currency for one unit and one billing interval.
    """

    product: str
    plan: str | None
    unit: str
    quantity: float
    price: float
    discount_percent: float = 0.0
    temporary: bool = False
    discount_amount: float = 0.0

    def per_interval(self) -> float:
        """Amount of one billing interval, in the account's currency."""
        gross = self.quantity * self.price * (1 - self.discount_percent / 100)
        return gross - self.discount_amount

    def with_price(self, factor: float) -> Line:
        """The same line at another price."""
        digits = 5 if self.unit == "usage" else 2
        return replace(self, price=round(self.price * factor, digits))


def interval_months(account: Account) -> float:
    """Months of one billing period of an account's deal."""
    return INTERVAL_MONTHS[account.deal.interval] * account.deal.interval_count


def list_price(account: Account, monthly_usd: float, digits: int = 2) -> float:
    """A monthly USD price as the price of one billing interval in the account's currency."""
    factor = CURRENCY_FACTOR[account.currency] * interval_months(account)
    factor *= 1 - LONG_TERM_DISCOUNT.get(account.deal.interval, 0.0)
    return round(monthly_usd * factor, digits)


def flat_line(account: Account, product: str, plan: str | None, monthly_usd: float) -> Line:
    """A flat fee, rounded to fives."""
    rounded = max(20.0, round(monthly_usd / 5) * 5)
    return Line(product, plan, "flat", 1, list_price(account, rounded))


def first_order(account: Account, draw: Draw) -> list[Line]:
    """The lines of a first subscription, worth about the deal's ARR."""
    monthly = account.deal.arr / 12
    size = account.segment
    shares = {"core": 1.0}
    chances = {  # line: (chance, share of the order) by size
        "platform": {"smb": (0.0, 0.0), "mid": (0.75, 0.24), "enterprise": (1.0, 0.30)},
        "automation": {"smb": (0.08, 0.15), "mid": (0.30, 0.15), "enterprise": (0.45, 0.16)},
        "insights": {"smb": (0.12, 0.15), "mid": (0.20, 0.13), "enterprise": (0.35, 0.12)},
        "care": {"smb": (0.0, 0.0), "mid": (0.06, 0.08), "enterprise": (0.25, 0.07)},
    }
    for name, by_size in chances.items():
        chance, share = by_size[size]
        if draw.chance(chance):
            shares[name] = share * draw.uniform(0.8, 1.2)
            shares["core"] -= shares[name]
    plan = draw.pick(
        tuple(SEAT_PRICES),
        {
            "smb": (0.58, 0.34, 0.08, 0.0),
            "mid": (0.02, 0.38, 0.45, 0.15),
            "enterprise": (0.0, 0.08, 0.47, 0.45),
        }[size],
    )
    rate = SEAT_PRICES[plan] * draw.uniform(0.94, 1.06)
    seats = max(2, round(monthly * shares["core"] / rate))
    deal = account.deal
    price = list_price(account, rate)
    lines = [
        Line(
            CORE,
            plan,
            "seat",
            seats,
            price,
            deal.discount_percent,
            deal.temporary_months > 0,
            round(seats * price * deal.discount_share, 2),
        )
    ]
    if "platform" in shares:
        lines.append(flat_line(account, PLATFORM, None, monthly * shares["platform"]))
    if "automation" in shares:
        runs = max(2_000, round(monthly * shares["automation"] / RUN_PRICE / 500) * 500)
        lines.append(automation_line(account, runs))
    if "insights" in shares:
        tier = "insights_basic" if draw.chance(0.7) else "insights_pro"
        lines.append(flat_line(account, INSIGHTS, tier, monthly * shares["insights"]))
    if "care" in shares:
        lines.append(flat_line(account, CARE, "care_standard", monthly * shares["care"]))
    return lines


def automation_line(account: Account, monthly_runs: float) -> Line:
    """Committed automation runs, counted in the deal's billing interval."""
    quantity = round(monthly_runs * interval_months(account))
    factor = CURRENCY_FACTOR[account.currency]
    return Line(AUTOMATION, "automation_metered", "usage", quantity, round(RUN_PRICE * factor, 5))


def new_add_on(account: Account, owned: set[str], monthly_usd: float, draw: Draw) -> Line | None:
    """An add-on that the account does not have yet, worth a share of its present spend."""
    free = [product for product in (INSIGHTS, AUTOMATION, CARE) if product not in owned]
    if not free:
        return None
    product = draw.pick(free)
    value = monthly_usd * draw.uniform(0.09, 0.20)
    if product == AUTOMATION:
        return automation_line(account, max(2_000, round(value / RUN_PRICE / 500) * 500))
    plan = "insights_basic" if product == INSIGHTS else "care_standard"
    return flat_line(account, product, plan, value)
