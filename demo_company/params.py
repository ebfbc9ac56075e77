"""The parameters of the demo company: every number of the simulation that is not a draw."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Segment:
    """A size class of customers at sign-up.

    Money is USD a year. Hazards are per month for an account of mean latents.
    """

    name: str
    median_arr: float
    sigma: float  # spread of log ARR
    min_arr: float
    max_arr: float
    churn: float  # intent to leave
    contraction: float  # a cut of seats, plan, product or price
    expansion: float  # a rise of seats, plan, product or units
    stride: float  # size of such a rise relative to the others
    contacts: float  # mean number of contacts
    tickets: float  # a month
    intervals: tuple[tuple[str, int, int | None, float], ...]
    """(billing interval, interval count, term in months or None for evergreen, share)."""


SMB = Segment(
    "smb",
    9_200,
    0.42,
    3_000,
    23_000,
    0.0108,
    0.101,
    0.056,
    3.7,
    2.4,
    0.16,
    (
        ("month", 1, None, 0.40),
        ("month", 1, 12, 0.10),
        ("quarter", 1, 12, 0.13),
        ("year", 1, 12, 0.32),
        ("month", 1, 1, 0.03),
        ("week", 1, None, 0.02),
    ),
)
MID = Segment(
    "mid",
    36_500,
    0.23,
    31_500,
    100_000,
    0.0026,
    0.052,
    0.058,
    1.0,
    4.2,
    0.36,
    (
        ("year", 1, 12, 0.55),
        ("quarter", 1, 12, 0.20),
        ("half_year", 1, 12, 0.09),
        ("year", 1, 24, 0.09),
        ("month", 3, 12, 0.04),
        ("two_years", 1, 24, 0.03),
    ),
)
ENTERPRISE = Segment(
    "enterprise",
    165_000,
    0.15,
    154_000,
    260_000,
    0.0020,
    0.068,
    0.062,
    1.0,
    6.5,
    0.80,
    (
        ("year", 1, 12, 0.55),
        ("year", 1, 36, 0.20),
        ("quarter", 1, 12, 0.10),
        ("two_years", 1, 24, 0.09),
        ("three_years", 1, 36, 0.06),
    ),
)
SEGMENTS = {segment.name: segment for segment in (SMB, MID, ENTERPRISE)}


@dataclass(frozen=True)
class Acquisition:
    """The number, time and kind of new accounts."""

    customers_per_active: float = 1.19  # customers ever ÷ active at the end, at 36 months
    base_share: float = 0.450  # of customers at 36 months, present when the records begin
    earlier_months: int = 48  # from the founding to the first month of the records
    earlier_pace: float = 6.0  # a larger number: sign-ups grow less in these months
    earlier_customers_per_active: float = 1.14  # customers ever ÷ active when the records begin
    yearly_growth: float = 0.10  # of sign-ups
    season: tuple[float, ...] = (  # weight of January .. December
        1.60,
        1.35,
        1.35,
        0.75,
        0.70,
        0.65,
        0.55,
        0.55,
        0.75,
        1.25,
        1.55,
        1.70,
    )
    base_mix: tuple[float, float, float] = (0.57, 0.27, 0.16)  # smb, mid, enterprise
    new_mix: tuple[float, float, float] = (0.60, 0.27, 0.13)
    campaign_mix: tuple[float, float, float] = (0.74, 0.26, 0.0)
    campaign_boost: float = 1.30  # sign-ups in the quarters of the campaign
    campaign_fit: float = -1.05  # shift of fit, in standard deviations
    campaign_onboarding: float = -1.5  # shift of onboarding quality, likewise
    trial_only_share: float = 0.04  # accounts that tried and never paid, of customers
    prospect_share: float = 0.015  # accounts that never subscribed
    no_feed_share: float = 0.035  # customers whose usage never reaches the product feed
    event_feed_accounts: int = 5  # whose usage comes as raw events


@dataclass(frozen=True)
class Dynamics:
    """The monthly moves of latents, and their effects on decisions."""

    engagement_pull: float = 0.28
    engagement_noise: float = 0.20
    satisfaction_pull: float = 0.35
    satisfaction_noise: float = 0.22
    onboarding_fades_months: float = 14.0
    incident: float = 0.025  # chance a month of a bad support experience
    champion_departs: float = 0.0130  # chance a month
    champion_departure_hazard: float = 4.2  # factor on intent to leave while the gap is felt;
    #   as intents take months to become losses, about 3 on losses of the nine months after
    champion_gap_months: int = 6  # how long it is felt, unless a new one arrives
    champion_replaced: float = 0.14  # chance a month
    churn_engagement: float = -0.95  # effect on log hazard of one unit of engagement
    churn_satisfaction: float = -0.45
    churn_failed_onboarding: float = -0.70  # of poor onboarding, in the first half year
    contraction_engagement: float = -1.1
    expansion_engagement: float = 0.65
    term_window_factor: float = 2.4  # intent in the 3 to 6 months before a term ends
    outside_window_factor: float = 0.5
    taken_back_share: float = 0.22  # of intents to leave: notice is given, then taken back
    taken_back_discount: float = 0.5  # chance that the account stays for a lower price
    taken_back_calm_months: int = 6  # no new intent so soon after
    gradual_share: float = 0.82  # of leavers who first use the product less
    returns_per_month: float = 0.016  # chance of a leaver's return, after three months
    price_rise_share: float = 0.80  # of renewals
    price_rise: tuple[float, float] = (0.03, 0.06)
    renews_into_new_subscription: float = 0.15


@dataclass(frozen=True)
class Usage:
    """The effects of latents on product usage."""

    feature_draw: float = 1.30  # mean features touched by a user on an active day
    daily_activity: float = 0.25  # chance that a median user is active on a weekday
    dormant_share: float = 0.20  # of users who have a licence and hardly come
    gateway_before_growth: float = 0.34  # chance that a larger order follows a gateway feature
    gateway_lead_days: tuple[int, int] = (15, 75)  # from its first use to the order
    gateway_alone: float = 0.0065  # chance a month of taking one up for nothing
    gateway_months: tuple[int, int] = (4, 16)  # how long it is used
    weekend_factor: float = 0.16
    logins_per_day: float = 0.55  # logins beyond the first on an active day
    late_share: float = 0.01  # rows of the last month that the loader brought late


@dataclass(frozen=True)
class CompanyParams:
    """All parameters together."""

    acquisition: Acquisition = field(default_factory=Acquisition)
    dynamics: Dynamics = field(default_factory=Dynamics)
    usage: Usage = field(default_factory=Usage)
