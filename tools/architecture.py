"""The picture and the table of docs/architecture.md: the domains in their order."""

from collections import Counter
from itertools import pairwise

from tools.domains import DOMAINS, Model, edges_of, marts_of
from tools.svg import Canvas, Theme

# How one row becomes a number, and how one event becomes a sentence.
PATHS = {
    "a billing row": (
        "base_billing__subscription_items",
        "stg_billing__subscription_items",
        "int_item_amounts",
        "int_mrr_lines",
        "int_mrr_lines_by_snapshot",
        "int_account_mrr_monthly",
        "fct_mrr_monthly",
    ),
    "a usage event": (
        "base_product__usage_rows",
        "base_product__usage_rolled_up",
        "int_usage_account_days",
        "int_usage_window_sums",
        "int_usage_windows",
        "int_metrics_usage",
        "int_health_metrics",
        "int_health_drivers",
        "int_health_driver_sentences",
        "int_account_health_today",
        "dim_accounts",
    ),
}
WIDTH, ROW, TOP = 830, 36, 40
LINE = 216  # x of the line on which the domains lie


def draw(models: dict[str, Model], theme: Theme) -> str:
    """The domains as stations of one line, and what each reads as arcs beside it."""
    height = TOP + ROW * (len(DOMAINS) + 1) + 8
    canvas = Canvas(WIDTH, height, "The domains in their order, and which reads which", theme)
    canvas.text(LINE + 20, 20, "Domain", 12, bold=True)
    canvas.text(LINE + 134, 20, "Models", 12, bold=True)
    canvas.text(LINE + 244, 20, "Question", 12, bold=True)
    canvas.text(LINE - 20, 20, "reads", 12, anchor="end", fill=theme.muted)
    place_of = {name: TOP + ROW * place + 14 for place, name in enumerate(["staging", *DOMAINS])}
    _draw_arcs(canvas, models, place_of)
    canvas.line([(LINE, y) for y in place_of.values()], stroke=theme.accent, stroke_width=3)
    for name, y in place_of.items():
        of = [model for model in models.values() if name in (model.layer, model.domain)]
        counted = Counter(model.layer for model in of)
        if name == "staging":
            question = "Which raw rows and policy values can be used?"
            models_said = f"{counted['staging']} models"
        else:
            question = DOMAINS[name][0]
            marts = counted["marts"]
            models_said = f"{counted['intermediate']} + {marts} mart{'s' if marts != 1 else ''}"
        canvas.circle(LINE, y, 6, fill=theme.panel, stroke=theme.accent, stroke_width=3)
        canvas.text(LINE + 20, y + 4, name, 13, bold=True, room=112)
        canvas.text(LINE + 134, y + 4, models_said, 12, fill=theme.muted, room=112)
        canvas.text(LINE + 244, y + 4, question, 12, room=WIDTH - LINE - 244)
    return canvas.svg()


def table(models: dict[str, Model]) -> str:
    """A row for each domain: its models, what it reads, its marts."""
    edges = edges_of(models)
    lines = ["| domain | intermediates | reads | marts |", "|---|---|---|---|"]
    for domain in DOMAINS:
        of = [m for m in models.values() if (m.layer, m.domain) == ("intermediate", domain)]
        folder = f"../models/intermediate/{domain}"
        count = f"[{len(of)}]({folder})" if of else "0"
        read = ", ".join(name for name in DOMAINS if (name, domain) in edges)
        marts = ", ".join(f"`{model.name}`" for model in marts_of(models, domain))
        lines.append(f"| {domain} | {count} | {read} | {marts} |")
    return "\n".join(lines)


def path(models: dict[str, Model], name: str) -> str:
    """The models that something passes through, with what a row of each is.

    Raises ValueError where one of them does not read the one before.
    """
    steps = [next(m for m in models.values() if m.name == step) for step in PATHS[name]]
    for before, after in pairwise(steps):
        if before.name not in {models[p].name for p in after.parents if p in models}:
            raise ValueError(f"{after.name} does not read {before.name}")
    lines = ["| | model | domain | one row per |", "|---|---|---|---|"]
    for number, step in enumerate(steps, 1):
        domain = f"[{step.domain}](../{step.folder})"
        row = step.row.removeprefix("One row per ")
        lines.append(f"| {number} | `{step.name}` | {domain} | {row} |")
    return "\n".join(lines)


def _draw_arcs(canvas: Canvas, models: dict[str, Model], place_of: dict[str, int]) -> None:
    for (parent, child), reads in sorted(edges_of(models).items()):
        begins, ends = place_of[parent], place_of[child]
        # The further apart, the wider the arc; the more is read, the stronger its line.
        bend = LINE - 12 - (ends - begins) * 0.62
        canvas.path(
            f"M{LINE} {begins} C{bend:.0f} {begins} {bend:.0f} {ends} {LINE} {ends}",
            stroke=canvas.theme.accent if begins < ends else canvas.theme.bad,
            stroke_opacity=min(0.25 + reads * 0.03, 0.8),
            stroke_width=min(1 + reads * 0.15, 4.0),
        )
