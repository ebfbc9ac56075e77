"""The README's picture: rows in, the MRR bridge, and an account whose driver leads back to rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from tools.svg import Canvas, Theme, wrapped

SYSTEMS = {
    "crm": "CRM",
    "billing": "Billing",
    "product": "Product usage",
    "support": "Support",
    "feedback": "Surveys",
}
# Health metrics that fct_usage_monthly shows month by month.
USAGE_METRICS = (
    "active_user_ratio",
    "seat_utilization",
    "logins_per_user",
    "usage_depth",
    "user_growth",
    "usage_growth",
)
WIDTH, HEIGHT = 830, 420
PANEL_TOP, PANEL_BOTTOM = 34, 330
LEFT, CENTRE, RIGHT = (0, 212), (238, 300), (564, 266)
TRACE_TOP = 352
DOTTED = {"stroke_dasharray": "2 4", "stroke_width": 1.6}


@dataclass(frozen=True)
class Facts:
    """All that the picture says."""

    rows_of: dict[str, int]
    rows: dict[str, int]
    bridge: dict[str, Any]
    account: dict[str, Any]
    drivers: list[dict[str, Any]]
    usage: dict[str, Any]

    @property
    def traced(self) -> dict[str, Any]:
        """The costliest driver that usage decides."""
        return next(driver for driver in self.drivers if driver["metric"] in USAGE_METRICS)


def facts_of(marts: duckdb.DuckDBPyConnection) -> Facts:
    """Read the figures.

    The account has the most ARR at risk of all on the worklists with usage among their top three
    drivers.
    """
    usage = ", ".join(f"'{metric}'" for metric in USAGE_METRICS)
    counted = _rows(
        marts,
        """
        select source_system, sum(raw_rows)::bigint as raw, sum(accepted_rows)::bigint as accepted,
            sum(duplicate_rows)::bigint as duplicates, sum(rejected_rows)::bigint as rejected,
            sum(raw_rows) filter (where table_name = 'usage_daily')::bigint as usage_rows
        from quality.dq_reconciliation where source_system <> 'pipeline' group by source_system
        """,
    )
    bridge = _rows(
        marts,
        """
        select * from marts.fct_retention where segment_type = 'all' and window_months = 12
        order by month desc limit 1
        """,
    )[0]
    account = _rows(
        marts,
        f"""
        select accounts.*, worklist.action, worklist.due_on, worklist.days_overdue,
            health.snapshot_date
        from marts.rpt_csm_worklist as worklist
        inner join marts.dim_accounts as accounts using (account_id)
        inner join marts.fct_health_scores as health using (account_id)
        where worklist.csm_id <> '(none)' and worklist.step is not null
            and health.is_active_scheme
            and health.snapshot_date = (select max(snapshot_date) from marts.fct_health_scores)
            and account_id in (
                select account_id from marts.fct_health_drivers as drivers
                where drivers.snapshot_date = health.snapshot_date
                    and drivers.driver_rank <= 3 and drivers.metric in ({usage})
            )
        order by worklist.arr_at_risk desc, account_id limit 1
        """,
    )[0]
    drivers = _rows(
        marts,
        """
        select * from marts.fct_health_drivers
        where account_id = $account and snapshot_date = $day and driver_rank <= 3
        order by driver_rank
        """,
        {"account": account["account_id"], "day": account["snapshot_date"]},
    )
    used = _rows(
        marts,
        "select * from marts.fct_usage_monthly where account_id = $account and month = $month",
        {"account": account["account_id"], "month": bridge["month"]},
    )[0]
    names = ("raw", "accepted", "duplicates", "rejected")
    rows = {name: sum(row[name] for row in counted) for name in names}
    rows["usage"] = sum(row["usage_rows"] or 0 for row in counted)
    rows_of = {row["source_system"]: row["raw"] for row in counted}
    return Facts(rows_of, rows, bridge, account, drivers, used)


def draw(facts: Facts, theme: Theme) -> str:
    """The picture as SVG."""
    title = "Raw rows become retention figures and account health that can be followed back to rows"
    canvas = Canvas(WIDTH, HEIGHT, title, theme)
    for (x, width), heading in (
        (LEFT, "Your extracts go in"),
        (CENTRE, "Revenue that balances"),
        (RIGHT, "Accounts that explain themselves"),
    ):
        canvas.text(x, 22, heading, 14, bold=True, room=width)
    for (left, width), (right, _) in ((LEFT, CENTRE), (CENTRE, RIGHT)):
        middle = (PANEL_TOP + PANEL_BOTTOM) / 2
        canvas.arrow([(left + width + 4, middle), (right - 4, middle)], theme.muted)
    _draw_rows(canvas, facts)
    _draw_bridge(canvas, facts)
    _draw_account(canvas, facts)
    _draw_trace(canvas, facts)
    return canvas.svg()


def _draw_rows(canvas: Canvas, facts: Facts) -> None:
    x, width = LEFT
    for place, (system, name) in enumerate(SYSTEMS.items()):
        y = PANEL_TOP + place * 36
        canvas.box(x + 0.5, y + 0.5, width - 1, 30)
        canvas.text(x + 12, y + 20, name, 13, room=width / 2)
        rows = f"{facts.rows_of.get(system, 0):,} rows"
        canvas.text(x + width - 12, y + 20, rows, 12, anchor="end", fill=canvas.theme.muted)
    top = PANEL_TOP + 5 * 36
    middle = x + width / 2
    canvas.arrow([(middle, top - 5), (middle, top + 12)], canvas.theme.muted)
    lines = [
        (f"{facts.rows['accepted']:,}", "rows accepted", canvas.theme.good),
        (f"{facts.rows['duplicates']:,}", "duplicates", canvas.theme.muted),
        (f"{facts.rows['rejected']:,}", "rejected with a reason", canvas.theme.bad),
    ]
    for place, (figure, words, colour) in enumerate(lines):
        y = top + 36 + place * 24
        canvas.text(x + 70, y, figure, 13, bold=True, anchor="end", fill=colour, room=72)
        canvas.text(x + 77, y, words, 12, room=width - 72)
    total = f"of {facts.rows['raw']:,}: none dropped silently"
    canvas.text(x, top + 36 + 3 * 24, total, 11, fill=canvas.theme.muted, room=width + 10)


def _draw_bridge(canvas: Canvas, facts: Facts) -> None:
    x, width = CENTRE
    bridge, theme = facts.bridge, canvas.theme
    canvas.box(x + 0.5, PANEL_TOP + 0.5, width - 1, PANEL_BOTTOM - PANEL_TOP - 1)
    start, end = float(bridge["starting_mrr"]), float(bridge["ending_mrr"])
    churn, contraction = float(bridge["churn_mrr"]), float(bridge["contraction_mrr"])
    low = start - churn - contraction
    # Each bar: its label, from which MRR to which, what is written on it, its colour.
    bars = [
        (_month(bridge["month"], years=1), None, start, _thousands(start), theme.accent),
        ("churn", start, start - churn, f"−{_thousands(churn)}", theme.bad),
        ("contraction", start - churn, low, f"−{_thousands(contraction)}", theme.bad),
        ("expansion", low, end, f"+{_thousands(end - low)}", theme.good),
        (_month(bridge["month"]), None, end, _thousands(end), theme.accent),
    ]
    customers = f"MRR of the {bridge['starting_accounts']} customers of a year ago"
    canvas.text(x + 14, PANEL_TOP + 24, customers, 12, fill=theme.muted, room=width - 20)
    bottom, top = PANEL_BOTTOM - 92, PANEL_TOP + 56
    # The axis is cut, which the gaps at the feet of the two totals show.
    floor = low - 0.35 * (max(start, end) - low)
    scale = (bottom - top) / (max(start, end) - floor)
    step = (width - 20) / len(bars)
    for place, (label, begins, ends, figure, colour) in enumerate(bars):
        left, bar = x + 10 + place * step + 4, step - 8
        high = max(ends, floor if begins is None else begins)
        height = abs(ends - (floor if begins is None else begins)) * scale
        y = bottom - (high - floor) * scale
        canvas.box(left, y, bar, height, fill=colour, stroke="none", rx=2)
        if begins is None:
            canvas.line(
                [(left - 2, bottom - 9), (left + bar + 2, bottom - 14)],
                stroke=theme.panel,
                stroke_width=3,
            )
        centre = left + bar / 2
        canvas.text(centre, y - 6, figure, 12, bold=True, anchor="middle", room=step + 4)
        canvas.text(
            centre, bottom + 16, label, 10, anchor="middle", fill=theme.muted, room=step + 6
        )
    canvas.line([(x + 14, bottom), (x + width - 14, bottom)])
    for place, (name, words) in enumerate(
        (
            ("grr", "gross revenue retention"),
            ("nrr", "net revenue retention"),
        )
    ):
        left = x + 14 + place * (width / 2 - 4)
        figure = f"{name.upper()} {100 * bridge[name]:.1f} %"
        canvas.text(left, PANEL_BOTTOM - 36, figure, 17, bold=True, room=width / 2 - 8)
        canvas.text(left, PANEL_BOTTOM - 17, words, 10, fill=theme.muted, room=width / 2 - 8)


def _draw_account(canvas: Canvas, facts: Facts) -> None:
    x, width = RIGHT
    account, theme = facts.account, canvas.theme
    left, room = x + 14, width - 28
    canvas.box(x + 0.5, PANEL_TOP + 0.5, width - 1, PANEL_BOTTOM - PANEL_TOP - 1)
    canvas.text(left, PANEL_TOP + 26, account["account_name"], 14, bold=True, room=room)
    worth = f"ARR {account['arr']:,.0f} · {account['touch_tier'].replace('_', ' ')}"
    canvas.text(left, PANEL_TOP + 44, worth, 12, fill=theme.muted, room=room)
    score, status = account["health_score"], account["health_status"].replace("_", " ")
    shades = {"green": theme.good, "yellow": theme.fair, "red": theme.bad}
    shade = shades.get(account["health_colour"], theme.muted)
    y = PANEL_TOP + 74
    canvas.text(left, y + 5, f"Health {score:.0f}", 17, bold=True, room=110)
    canvas.text(left + room, y + 5, status, 13, bold=True, anchor="end", fill=shade, room=100)
    canvas.box(left, y + 14, room, 6, fill=theme.line, stroke="none", rx=3)
    canvas.box(left, y + 14, room * score / 100, 6, fill=shade, stroke="none", rx=3)
    y += 46
    canvas.text(left, y, "Loses points on", 12, room=room)
    for driver in facts.drivers:
        y += 22
        is_traced = driver["metric"] == facts.traced["metric"]
        colour = theme.accent if is_traced else theme.text
        canvas.text(left + 12, y, driver["label"], 12, bold=is_traced, fill=colour, room=room - 60)
        points = f"−{driver['points_lost']:.1f}"
        canvas.text(left + room, y, points, 12, bold=is_traced, anchor="end", fill=colour)
        if is_traced:
            canvas.circle(left + 4, y - 4, 3)
            route = [(left + 4, y), (left - 7, y + 10), (left - 7, TRACE_TOP - 1)]
            canvas.arrow(route, theme.accent, **DOTTED)
    y += 30
    overdue = account["days_overdue"]
    due = f"due {account['due_on']}" + (f" ({overdue} days ago)" if overdue else "")
    first, *more = wrapped(account["action"], 12, room - 64)
    likely = f"{100 * account['renewal_probability']:.0f} % likely"
    rows = [("Next step", first), *(("", line) for line in more), ("", due)]
    for heading, words in [*rows, ("Renewal", f"{account['next_renewal_on']}, {likely}")]:
        if heading:
            canvas.text(left, y, heading, 12, fill=theme.muted, room=62)
        canvas.text(left + 62, y, words, 12, room=room - 58)
        y += 21


def _draw_trace(canvas: Canvas, facts: Facts) -> None:
    theme, traced, usage = canvas.theme, facts.traced, facts.usage
    value = traced["value_text"] or f"{traced['value']:.2f}"
    stations = [
        (
            RIGHT,
            f"{traced['label']}: {value}",
            f"fct_health_drivers: scores {traced['metric_score']:.0f} of 100",
        ),
        (
            CENTRE,
            f"{usage['active_users']} users, {usage['logins']} logins, "
            f"{usage['feature_events']} events in {_month(usage['month'])}",
            "fct_usage_monthly",
        ),
        (LEFT, f"{facts.rows['usage']:,} rows of usage", "product_usage_daily"),
    ]
    for (x, width), words, table in stations:
        canvas.box(x + 0.5, TRACE_TOP + 0.5, width - 1, 50, stroke=theme.accent)
        canvas.text(x + 12, TRACE_TOP + 21, words, 12, room=width - 16)
        canvas.text(x + 12, TRACE_TOP + 39, table, 11, fill=theme.accent, room=width - 16)
    for (right, _), (left, width) in ((RIGHT, CENTRE), (CENTRE, LEFT)):
        y = TRACE_TOP + 25
        canvas.arrow([(right, y), (left + width + 1, y)], theme.accent, **DOTTED)


def _thousands(amount: float) -> str:
    return f"{amount / 1000:,.0f}k"


def _month(month: date, years: int = 0) -> str:
    return f"{month:%b} {month.year - years}"


def _rows(
    marts: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    cursor = marts.execute(sql, values or {})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
