"""What each metric must equal: plain SQL over the mart that holds the figure."""

from __future__ import annotations

from dataclasses import dataclass

MONTH, QUARTER = "metric_time__month", "metric_time__quarter"
INDUSTRY, REGION = "account__industry", "account__region"


@dataclass(frozen=True)
class Case:
    """Metrics by dimensions. The SQL has the dimensions first and then the metrics."""

    metrics: str
    by: str
    sql: str
    where: str = ""
    only: bool = False  # the mart holds part of the rows, such as recent months


def per(by: str, columns: str, table: str, where: str = "true") -> str:
    """A sum or a rate per value of `by`, a list of expressions."""
    places = ", ".join(str(place + 1) for place in range(by.count(";") + 1))
    keys = by.replace(";", ",")
    return f"select {keys}, {columns} from {table} where {where} group by {places}"


# --- revenue ----------------------------------------------------------------------------------

LEDGER = "marts.fct_mrr_monthly join marts.dim_accounts using (account_id)"
LAST = "month = (select max(month) from marts.fct_mrr_monthly)"
STOCKS = "mrr arr customers arpa mrr_at_own_rates fx_effect"
STOCK_SQL = (
    "sum(closing_mrr), sum(fct_mrr_monthly.arr), count(*) filter (where closing_mrr > 0),"
    " cast(sum(closing_mrr) as double) / nullif(count(*) filter (where closing_mrr > 0), 0),"
    " sum(reported_closing_mrr), sum(reported_closing_mrr) - sum(closing_mrr)"
)
FLOWS = "new_mrr reactivation_mrr expansion_mrr contraction_mrr churn_mrr net_new_mrr new_customers"
FLOW_SQL = (
    "sum(new_mrr), sum(reactivation_mrr), sum(expansion_mrr), sum(contraction_mrr),"
    " sum(churn_mrr), sum(closing_mrr) - sum(opening_mrr), count(*) filter (where new_mrr > 0)"
)
SCORECARD = "marts.rpt_scorecard_history"
COMPLETE = "{{ Dimension('calendar_month__is_complete_month') }}"


def figures(names: str, by: str, where: str) -> str:
    """Figures of the scorecard's history, side by side."""
    columns = ", ".join(f"max(value) filter (where figure = '{name}')" for name in names.split())
    return per(by, columns, SCORECARD, where)


REVENUE = [
    Case(STOCKS, MONTH, per("month", STOCK_SQL, LEDGER)),
    Case(STOCKS, INDUSTRY, per("industry", STOCK_SQL, LEDGER, LAST)),
    Case(STOCKS, f"{MONTH} {REGION}", per("month; region", STOCK_SQL, LEDGER)),
    Case(
        "arr customers",
        f"{MONTH} account_month__touch_tier",
        figures("arr customers", "month; touch_tier", "touch_tier <> 'all'"),
        COMPLETE,
        only=True,  # an account without MRR has no tier in the month
    ),
    Case(
        "mrr opening_mrr",
        QUARTER,
        "select date_trunc('quarter', month) as quarter,"
        " sum(closing_mrr) filter (where month = last_month),"
        " sum(opening_mrr) filter (where month = first_month) from (select *,"
        " max(month) over (partition by date_trunc('quarter', month)) as last_month,"
        " min(month) over (partition by date_trunc('quarter', month)) as first_month"
        " from marts.fct_mrr_monthly) group by 1",
    ),
    Case("opening_mrr", MONTH, per("month", "sum(opening_mrr)", LEDGER)),
    Case(
        "opening_mrr",
        f"{MONTH} {INDUSTRY}",
        per("month; industry", "sum(opening_mrr)", LEDGER),
    ),
    Case(FLOWS, MONTH, per("month", FLOW_SQL, LEDGER)),
    Case(FLOWS, INDUSTRY, per("industry", FLOW_SQL, LEDGER)),
    Case(FLOWS, f"{MONTH} {REGION}", per("month; region", FLOW_SQL, LEDGER)),
    Case(
        "net_new_arr_3_months",
        MONTH,
        figures("net_new_arr", "month", "touch_tier = 'all'"),
        only=True,
    ),
    Case(
        "net_new_mrr_3_months net_new_arr_3_months",
        f"{MONTH} {REGION}",
        "select last.month, region, sum(moved), 12 * sum(moved)"
        " from (select distinct month from marts.fct_mrr_monthly) as last"
        " join (select month, region, sum(closing_mrr - opening_mrr) as moved"
        f" from {LEDGER} group by all) as flow"
        " on flow.month between last.month - interval '2' month and last.month group by all",
        only=True,
    ),
    Case(
        "mrr_movement",
        MONTH,
        per("month", "sum(closing_mrr - opening_mrr)", LEDGER, "closing_mrr <> opening_mrr"),
        only=True,
    ),
    Case(
        "mrr_movement",
        f"{MONTH} movement__movement_type",
        "select month, kind, sum(case when kind in ('contraction', 'churn') then -amount"
        " else amount end) from (unpivot marts.fct_mrr_monthly on new_mrr as new,"
        " reactivation_mrr as reactivation, expansion_mrr as expansion,"
        " contraction_mrr as contraction, churn_mrr as churn into name kind value amount)"
        " group by all having sum(amount) <> 0",
    ),
    Case(
        "mrr_movement",
        "movement__driver product",
        per("driver; product_id", "sum(amount)", "marts.fct_mrr_movements"),
    ),
    Case(
        "cost_to_serve_rate",
        "",
        "select value from marts.rpt_executive_scorecard where figure = 'cost_to_serve'",
    ),
    *(
        Case(
            "cost_to_serve_12_months arr_with_known_cost cost_to_serve_rate",
            f"account_month__{scheme}",
            "select tier, cost_to_serve, case when cost_to_serve is not null then arr end,"
            " cost_to_serve_rate"
            f" from marts.rpt_segment_performance where tier_scheme = '{scheme}' and accounts > 0",
        )
        for scheme in ("arr_tier", "touch_tier", "investment_tier")
    ),
    Case(
        "cost_to_serve_12_months arr_with_known_cost cost_to_serve_rate",
        MONTH,
        per(
            "month",
            "sum(cost_to_serve_12m), sum(arr) filter (where cost_to_serve_12m is not null),"
            " cast(sum(cost_to_serve_12m) as double) / cast(sum(arr) as double)",
            "marts.fct_account_segments",
        ),
    ),
]

# --- retention --------------------------------------------------------------------------------

WINDOWS = {1: "1_month", 3: "3_months", 12: "12_months"}
RATES = "nrr_{w} grr_{w} logo_retention_{w}"
BASES = "starting_mrr_{w} retained_mrr_{w} ending_mrr_{w} base_accounts_{w} retained_accounts_{w}"
RATE_SQL = "nrr, grr, logo_retention"
BASE_SQL = (
    "starting_mrr, starting_mrr - churn_mrr - contraction_mrr, ending_mrr,"
    " starting_accounts, retained_accounts"
)
SEGMENTS = {
    "retention_base__touch_tier_at_start": "touch_tier",
    "retention_base__arr_tier_at_start": "arr_tier",
    "retention_base__investment_tier_at_start": "investment_tier",
    "retention_base__plan_at_start": "plan",
    "csm": "csm",
}
CHURN = "marts.fct_churn_events"
CHURNS = (
    "churned_accounts churned_mrr churned_accounts_with_a_reason preventable_churned_accounts"
    " preventable_churn_share"
)
CHURN_SQL = (
    "count(*), sum(churned_mrr), count(is_preventable), count(*) filter (where is_preventable),"
    " cast(count(*) filter (where is_preventable) as double) / nullif(count(is_preventable), 0)"
)


def retention(window: int, columns: str, segment_type: str, keys: str, where: str) -> str:
    """Rows of fct_retention. A base without accounts has no metric."""
    return (
        f"select {keys}, {columns} from marts.fct_retention where window_months = {window}"
        f" and segment_type = '{segment_type}' and starting_accounts > 0 and {where}"
    )


RETENTION = [
    case
    for window, name in WINDOWS.items()
    for metrics, columns in ((RATES, RATE_SQL), (BASES, BASE_SQL))
    for case in (
        Case(
            metrics.format(w=name),
            MONTH,
            retention(window, columns, "all", "month", "true"),
        ),
        *(
            Case(
                metrics.format(w=name),
                dimension,
                retention(
                    window,
                    columns,
                    segment_type,
                    "segment",
                    "month = (select max(month) from marts.fct_retention)",
                ),
            )
            for dimension, segment_type in SEGMENTS.items()
        ),
        Case(
            metrics.format(w=name),
            f"{MONTH} retention_base__touch_tier_at_start",
            retention(window, columns, "touch_tier", "month, segment", "true"),
        ),
    )
] + [
    Case(CHURNS, MONTH, per("churned_month", CHURN_SQL, CHURN)),
    Case(CHURNS, "churn__reason_category", per("reason_category", CHURN_SQL, CHURN)),
    Case(
        CHURNS,
        f"{MONTH} churn__touch_tier_at_churn",
        per("churned_month; touch_tier", CHURN_SQL, CHURN),
    ),
]
