"""The list of contract tables that connectors fill, and the models that fill them."""

import re
from typing import Any

import jinja2
from conftest import PROJECT
from raw_folder import contract

MACROS = PROJECT / "macros" / "connectors" / "named_sources.sql"
MODELS = PROJECT / "models" / "connectors"


def connector_tables() -> dict[str, list[str]]:
    """What the macro connector_tables returns: the contract tables of each system."""
    returned: list[Any] = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)
    template = environment.from_string(MACROS.read_text(), {"return": returned.append})
    template.module.connector_tables()  # type: ignore[attr-defined]
    return returned[0]


def test_every_listed_table_has_a_model_and_every_model_of_a_table_is_listed() -> None:
    names = {name.split("_", 1)[1]: name for name in contract()}
    found = {
        (system, names[table])
        for path in MODELS.glob("*/con_*__*.sql")
        for system, table in [path.stem.removeprefix("con_").split("__")]
        if table in names
    }
    listed = {(system, name) for system, tables in connector_tables().items() for name in tables}
    assert found == listed


def test_every_system_is_enabled_by_its_folder() -> None:
    settings = (PROJECT / "dbt_project.yml").read_text()
    for system in connector_tables():
        assert (MODELS / system / f"_{system}__sources.yml").exists()
        # Its models, its objects and their tests.
        assert len(re.findall(rf"^      {system}:", settings, re.MULTILINE)) == 3, system
