"""Keys of YAML files are those that dbt knows."""

from typing import Any

import yaml
from conftest import PROJECT

# dbt accepts a misspelt key without a word.
KNOWN_KEYS = {
    "top": {
        "version", "models", "seeds", "sources", "unit_tests", "exposures", "analyses",
        "semantic_models", "metrics", "saved_queries",
    },
    "models": {"name", "description", "config", "columns", "data_tests", "time_spine"},
    "seeds": {"name", "description", "config", "columns", "data_tests"},
    "analyses": {"name", "description"},
    "exposures": {"name", "type", "label", "url", "maturity", "description", "owner", "depends_on"},
    "sources": {"name", "description", "database", "schema", "tables", "config"},
    "tables": {"name", "identifier", "description", "config", "columns"},
    "unit_tests": {"name", "description", "model", "given", "expect", "overrides", "config"},
    "columns": {"name", "description", "data_type", "config", "data_tests", "granularity"},
    "semantic_models": {
        "name", "label", "description", "model", "primary_entity", "defaults", "entities",
        "dimensions", "measures",
    },
    "metrics": {"name", "label", "description", "type", "type_params", "config"},
    "saved_queries": {"name", "label", "description", "query_params"},
    "config": {"meta", "materialized", "column_types", "severity", "tags", "enabled", "contract"},
}  # fmt: skip


def yaml_files() -> list:
    folders = ("models", "seeds", "analyses", "tests")
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.yml"))]


def test_yaml_keys_are_spelt_as_dbt_knows_them():
    unknown: list[str] = []

    def look(kind: str, entry: dict[str, Any], path: str) -> None:
        unknown.extend(f"{path}: {kind}: {key}" for key in set(entry) - KNOWN_KEYS[kind])
        for inner in ("columns", "tables"):
            for child in entry.get(inner, []):
                look(inner, child, path)
        if isinstance(entry.get("config"), dict):
            look("config", entry["config"], path)

    for file in yaml_files():
        document = yaml.safe_load(file.read_text())
        look("top", {key: None for key in document}, file.name)
        for kind in set(document) & set(KNOWN_KEYS) - {"version"}:
            for entry in document[kind]:
                look(kind, entry, file.name)
    assert not unknown
