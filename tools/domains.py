"""The domains of the warehouse in their order, what each answers, and what dbt knows of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

# A domain reads those before it. Each: the question it answers, and the page that goes further.
DOMAINS = {
    "labels": ("What do the codes mean?", "bi.md#codes"),
    "calendar": (
        "What is the date, and which months are complete?",
        "bring_your_own_data.md#as-of-when",
    ),
    "revenue": ("What is our MRR, and why did it move?", "metrics.md#mrr"),
    "usage": ("Which accounts use the product, and how much?", "metrics.md"),
    "segmentation": ("Which tier is an account in, and since when?", "metrics.md#segments"),
    "health": ("Which customers do well, which do not, and why?", "metrics.md#health"),
    "retention": (
        "What do we retain and lose, by tier, reason, CSM and cohort?",
        "metrics.md#retention",
    ),
    "forecast": ("What will renew, and what will MRR be?", "forecast.md"),
    "coverage": (
        "Does the team match its accounts, and at what cost?",
        "coverage.md",
    ),
    "playbooks": ("What should each CSM do this morning?", "playbooks.md"),
    "value": ("What did customers get for their money, and after how long?", "metrics.md"),
    "accounts": ("What do we know of one account?", "metrics.md#customers"),
    "executive": ("What does the board see?", "metrics.md#scorecard"),
    "quality": (
        "Which raw rows and values were not used, and why?",
        "bring_your_own_data.md#nothing-is-lost",
    ),
}


@dataclass(frozen=True)
class Model:
    """A model as dbt's manifest describes it."""

    name: str
    layer: str
    domain: str
    folder: str
    grain: list[str]
    row: str
    types: dict[str, str]
    parents: list[str]


def models_of(manifest: dict[str, Any]) -> dict[str, Model]:
    """All models, by the id that dbt gives them."""
    found = {}
    for unique_id, node in manifest["nodes"].items():
        if node["resource_type"] != "model":
            continue
        path = node["original_file_path"].split("/")
        found[unique_id] = Model(
            name=node["name"],
            layer=path[1],
            domain=path[2],
            folder="/".join(path[:3]),
            grain=node["config"]["meta"].get("grain", []),
            row=node["description"].split(". ")[0].split(": ")[0].removesuffix("."),
            types={name: column["data_type"] for name, column in node["columns"].items()},
            parents=node["depends_on"]["nodes"],
        )
    return found


def marts_of(models: dict[str, Model], domain: str) -> list[Model]:
    """The marts of a domain by name: dimensions, facts, reports."""
    found = [model for model in models.values() if (model.layer, model.domain) == ("marts", domain)]
    return sorted(found, key=lambda model: model.name)


def edges_of(models: dict[str, Model]) -> Counter[tuple[str, str]]:
    """How many times the intermediates of one domain are read by those of another."""
    return Counter(
        (models[parent].domain, model.domain)
        for model in models.values()
        for parent in model.parents
        if parent in models
        and model.layer == models[parent].layer == "intermediate"
        and model.domain != models[parent].domain
    )
