"""The house rules, read from the manifest: a convention that no test holds is a wish."""

import re
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import yaml
from conftest import PROJECT, Build
from reference.warehouse import warehouse

from benchmarks.compiled import Compiled
from expectations.validation import DOMAINS as DOMAINS_OF_SUITES
from expectations.validation import SUITES

DOMAINS = [
    "labels", "calendar", "revenue", "usage", "segmentation", "health", "retention", "forecast",
    "coverage", "playbooks", "value", "accounts", "executive", "quality",
]  # fmt: skip
LEDGER_ANCESTORS = 40
LAYERS = ["staging", "intermediate", "marts"]
PREFIXES = {
    "staging": r"(stg|base|policy)_",
    "intermediate": r"int_",
    "marts": r"(dim|fct|rpt|dq)_",
}
HARD_LINE_LIMIT = 150
LONGEST_LINE = 120
FORBIDDEN_IN_MODELS = {
    r"target\.(type|name)": "branches on the engine belong in macros/dialect",
    r"\bqualify\b": "not portable",
    r"group by all": "not portable",
    r"\bexclude\s*\(": "not portable",
    r"::": "write cast(x as t)",
    r"\bvarchar\b": "write string",
    r"string_agg|generate_series|asof join|anti join": "not portable",
}  # fmt: skip


@pytest.fixture(scope="module")
def models(demo: Build) -> list[dict[str, Any]]:
    nodes = demo.manifest["nodes"].values()
    return [node for node in nodes if node["resource_type"] == "model"]


def layer_of(model: dict[str, Any]) -> str:
    return model["original_file_path"].split("/")[1]


def domain_of(model: dict[str, Any]) -> str:
    return model["original_file_path"].split("/")[2]


def shows_one_table(model: dict[str, Any]) -> bool:
    """Whether it is a mart, a view with one parent and no row more or less than that."""
    code = model["raw_code"]
    return (
        layer_of(model) == "marts"
        and model["config"]["materialized"] == "view"
        and len(model["depends_on"]["nodes"]) == 1
        and not re.search(r"\b(join|where|group by|distinct|union|having|limit)\b", code)
    )


def test_names_tell_the_layer(models):
    wrong = [m["name"] for m in models if not re.match(PREFIXES[layer_of(m)], m["name"])]
    assert not wrong


def test_staging_models_are_named_for_their_system_and_table(models):
    wrong = [
        m["name"]
        for m in models
        if m["name"].startswith("stg_") and not m["name"].startswith(f"stg_{domain_of(m)}__")
    ]
    assert not wrong


def test_every_model_says_what_a_row_is_and_what_its_columns_are(models):
    unsaid = [m["name"] for m in models if not m["description"].startswith("One row per ")]
    assert not unsaid, f"descriptions that do not open with the grain: {unsaid}"
    bare = [
        f"{m['name']}.{name}"
        for m in models
        for name, column in m["columns"].items()
        if not column["description"]
    ]
    assert not bare


def test_every_column_of_marts_and_intermediates_is_described(models, marts):
    described = {(m["schema"], m["name"]): set(m["columns"]) for m in models}
    found: dict[tuple[str, str], set[str]] = {}
    for schema, table, column in marts.execute(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where schema_name in ('intermediate', 'marts', 'quality')"
    ).fetchall():
        found.setdefault((schema, table), set()).add(column)
    differing = {
        table: columns ^ described[schema, table]
        for (schema, table), columns in found.items()
        if (schema, table) in described and columns != described[schema, table]
    }
    assert not differing


def test_numeric_columns_of_marts_state_unit_format_and_additivity(models):
    docs = (PROJECT / "docs" / "bi.md").read_text()
    allowed = {
        key: {
            name
            for cell in re.findall(
                r"^\| (`.+?`) \|", docs.split(f"| {key} |")[1].split("\n\n")[0], re.M
            )
            for name in re.findall(r"`(\w+)`", cell)
        }
        for key in ("unit", "additivity")
    }
    for model in models:
        if layer_of(model) != "marts":
            continue
        for name, column in model["columns"].items():
            if not re.match(r"decimal|double|int|bigint", column["data_type"]):
                continue
            meta, where = column["config"]["meta"], f"{model['name']}.{name}"
            assert meta.get("unit") in allowed["unit"], where
            assert meta.get("additivity") in allowed["additivity"], where
            assert re.fullmatch(r"0(\.0+)?%?", meta.get("format") or ""), where


FORMATS_OF_TYPES = {
    "date": {"iso_date", "iso_month", "iso_quarter"},
    "timestamp": {"iso_time"},
    "boolean": {"yes_no"},
}


def test_other_columns_of_marts_state_their_labels_or_their_format(models, marts):
    """For a page: how it writes a value, or where it finds the name of a code."""
    table = (PROJECT / "docs" / "bi.md").read_text().split("| format |")[1].split("\n\n")[0]
    cells = re.findall(r"^\| (`.+?`) \|", table, re.M)
    stated = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    of_text = stated - set().union(*FORMATS_OF_TYPES.values())
    domains = {
        domain for (domain,) in marts.execute("select domain from marts.dim_labels").fetchall()
    }
    for model in (m for m in models if layer_of(m) == "marts"):
        for name, column in model["columns"].items():
            if re.match(r"decimal|double|int|bigint", column["data_type"]):
                continue
            meta, where = column["config"]["meta"], f"{model['name']}.{name}"
            assert len({"labels", "labels_by", "format"} & meta.keys()) == 1, where
            if "format" in meta:
                allowed = FORMATS_OF_TYPES.get(column["data_type"], of_text)
                assert meta["format"] in allowed, where
            assert meta.get("labels", "role") in domains, where
            assert meta.get("labels_by", name) in model["columns"], where


def test_rows_of_an_account_name_it(models, marts):
    """But in the largest tables, where a name would be repeated for every metric."""
    unnamed = {"fct_health_metrics", "fct_health_components", "fct_health_drivers"}
    found = {m["name"]: list(m["columns"]) for m in models if layer_of(m) == "marts"}
    of_accounts = {name: columns for name, columns in found.items() if "account_id" in columns}
    assert {name for name, columns in of_accounts.items() if "account_name" not in columns} == (
        unnamed
    )
    for name in of_accounts.keys() - unnamed:
        columns = of_accounts[name]
        assert columns.index("account_name") == columns.index("account_id") + 1, name
        other = marts.execute(
            f"select count(*) from marts.{name} as mart"
            " left join marts.dim_accounts as accounts using (account_id)"
            " where mart.account_name is distinct from accounts.account_name"
        ).fetchone()
        assert other == (0,), name


def test_no_owner_has_one_name(models, marts):
    """As segments, so that a join of two marts by owner loses no account."""
    for model in (m for m in models if layer_of(m) == "marts"):
        for column in {"csm_id", "owner_id"} & model["columns"].keys():
            other = marts.execute(
                f"select count(*) from marts.{model['name']}"
                f" where coalesce({column}, 'unassigned') = 'unassigned'"
            ).fetchone()
            assert other == (0,), f"{model['name']}.{column}"


def test_marts_with_money_state_its_currency(models, marts):
    """In a column, for a comment is lost in an export."""
    (currency,) = marts.execute(
        "select reporting_currency from intermediate.int_run_context"
    ).fetchone()
    for model in (m for m in models if layer_of(m) == "marts"):
        units = {column["config"]["meta"].get("unit") for column in model["columns"].values()}
        if not any(unit and unit.startswith("currency") for unit in units):
            continue
        assert "reporting_currency" in model["columns"], model["name"]
        stated = marts.execute(
            f"select distinct reporting_currency from marts.{model['name']}"
        ).fetchall()
        assert set(stated) <= {(currency,)}, model["name"]


def test_grain_is_declared_and_tested(demo, models):
    tested = {
        test["attached_node"]
        for test in demo.manifest["nodes"].values()
        if test["resource_type"] == "test"
        and (test.get("test_metadata") or {}).get("name") in ("grain", "policy_is_sound")
    }
    # A view that shows one table as it stands is tested for both, for a grain costs a scan.
    grains = {model["unique_id"]: model["config"]["meta"].get("grain") for model in models}
    shown = {
        parent
        for model in models
        for parent in model["depends_on"]["nodes"]
        if model["unique_id"] in tested
        and shows_one_table(model)
        and grains.get(parent) == model["config"]["meta"]["grain"]
    }
    for model in models:
        grain = model["config"]["meta"].get("grain")
        if layer_of(model) == "marts":
            assert grain, f"{model['name']} declares no grain"
            assert model["config"]["contract"]["enforced"], f"{model['name']} has no contract"
        if grain:
            assert set(grain) <= set(model["columns"]), f"{model['name']}: grain {grain}"
            assert model["unique_id"] in tested | shown, f"{model['name']}: its grain is not tested"


def test_models_are_short_and_portable(models):
    for model in models:
        text = (PROJECT / model["original_file_path"]).read_text()
        assert text.count("\n") <= HARD_LINE_LIMIT, f"{model['name']} is two models"
        for pattern, why in FORBIDDEN_IN_MODELS.items():
            assert not re.search(pattern, text, re.IGNORECASE), f"{model['name']}: {pattern}: {why}"


def test_engines_differ_only_in_dispatch_macros():
    for path in (PROJECT / "macros").rglob("*.sql"):
        text = path.read_text()
        assert "target.type" not in text, path
        is_dialect = path.parent.name == "dialect"
        assert ("dispatch(" in text) == is_dialect, f"{path}: macros/dialect holds dispatch macros"


def test_files_of_sql_are_short_and_their_lines_too():
    """Of the models as well, since sqlfluff sees some of their lines only as rendered."""
    folders = ("macros", "models", "tests", "analyses")
    for path in [path for folder in folders for path in (PROJECT / folder).rglob("*.sql")]:
        lines = path.read_text().splitlines()
        assert len(lines) <= HARD_LINE_LIMIT, f"{path} is two files"
        long = [number for number, line in enumerate(lines, start=1) if len(line) > LONGEST_LINE]
        assert not long, f"{path}: lines over {LONGEST_LINE} characters: {long}"


def test_materializations_are_dbts_own():
    """So hooks, persist_docs, grants and Python models do what dbt's manual says."""
    own = [
        path
        for path in (PROJECT / "macros").rglob("*.sql")
        if "materialization" in path.read_text()
    ]
    assert own == []


def test_data_flows_one_way(demo, models):
    by_id = {m["unique_id"]: m for m in models}
    for model in models:
        layer, name = layer_of(model), model["name"]
        for upstream in model["depends_on"]["nodes"]:
            if upstream.startswith(("source.", "seed.")):
                assert layer == "staging", f"{name} reads raw"
                continue
            parent = by_id[upstream]
            assert LAYERS.index(layer_of(parent)) <= LAYERS.index(layer), (
                f"{name} reads {parent['name']}"
            )
            if layer == "marts" and layer_of(parent) == "staging":
                assert domain_of(parent) == "policy", f"{name}: a mart never reads staged raw rows"
            if layer == "intermediate" and layer_of(parent) == "intermediate":
                assert DOMAINS.index(domain_of(parent)) <= DOMAINS.index(domain_of(model)), (
                    f"{name} ({domain_of(model)}) reads {parent['name']} ({domain_of(parent)})"
                )
            if name.startswith("stg_"):
                assert parent["name"].startswith("base_"), f"{name} reads {parent['name']}"


def test_no_path_enters_a_domain_twice(models):
    """A renewal shows how high its account escalates, and playbooks read renewals."""
    allowed = {("int_account_escalations", "fct_renewals")}
    above = {m["unique_id"]: m for m in models if layer_of(m) != "staging"}

    @cache
    def left(key: str) -> frozenset[str]:
        """The domains that some path to the model has left."""
        parents = [
            parent
            for parent in above[key]["depends_on"]["nodes"]
            if parent in above and (above[parent]["name"], above[key]["name"]) not in allowed
        ]
        own = {domain_of(above[key])}
        return frozenset(
            domain
            for parent in parents
            for domain in left(parent) | ({domain_of(above[parent])} - own)
        )

    again = [model["name"] for key, model in above.items() if domain_of(model) in left(key)]
    assert not again, f"a path to them comes back into their own domain: {again}"


def test_of_health_only_validation_reads_churns(models):
    """A score that knew who left would predict the past."""
    by_id = {m["unique_id"]: m for m in models}

    def is_validation(model: dict[str, Any]) -> bool:
        return "/health/validation/" in model["original_file_path"]

    @cache
    def knows_churns(key: str) -> bool:
        """Whether a path leads from int_churns to the model, by no validation."""
        return any(
            by_id[parent]["name"] == "int_churns" or knows_churns(parent)
            for parent in by_id[key]["depends_on"]["nodes"]
            if parent in by_id and not is_validation(by_id[parent])
        )

    wrong = [
        model["name"]
        for key, model in by_id.items()
        if layer_of(model) != "staging"
        and domain_of(model) == "health"
        and not is_validation(model)
        and knows_churns(key)
    ]
    assert not wrong


def test_the_ledger_needs_no_usage_where_as_of_date_is_stated():
    """The build of the reference states it, so that finance is built before usage."""
    ledger = {model.name for model in Compiled(warehouse().manifest, ["fct_mrr_monthly"]).models}
    assert len(ledger - {"fct_mrr_monthly"}) <= LEDGER_ANCESTORS
    assert not {name for name in ledger if "usage" in name or "product__" in name}


def test_folders_hold_one_yaml_of_models_each(models):
    for model in models:
        folder = (PROJECT / model["original_file_path"]).parent
        assert model["patch_path"], f"{model['name']} has no YAML entry"
        assert (PROJECT / model["patch_path"].split("://")[1]).parent == folder


def test_contract_seeds_and_reader_agree(demo):
    sources = {
        (s["source_name"], s["name"]): list(s["columns"]) for s in demo.manifest["sources"].values()
    }
    listed = (PROJECT / "macros/raw/raw_tables.sql").read_text()
    systems = dict(re.findall(r"'(\w+)': \[(.*?)\]", listed, re.DOTALL))
    read = {(s, t) for s, tables in systems.items() for t in re.findall(r"'(\w+)'", tables)}
    assert read == set(sources)
    seeds = {
        node["name"]: list(node["config"]["column_types"])
        for node in demo.manifest["nodes"].values()
        if node["resource_type"] == "seed" and "/demo/" in node["original_file_path"]
    }
    wanted = {f"{s}_{t}": columns for (s, t), columns in sources.items()}
    del wanted["product_usage_daily"]  # a Parquet file, read in place
    assert set(seeds) == set(wanted)
    # A company has columns that the demo has not; what the demo has is in the contract's order.
    for name, columns in seeds.items():
        assert columns == [column for column in wanted[name] if column in columns], name


def test_vars_are_declared_and_in_the_readme():
    declared = set(yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"])
    paths = {"raw_path", "raw_schema", "raw_database", "policy_path"}
    used = {
        name
        for folder in ("models", "macros", "tests")
        for path in (PROJECT / folder).rglob("*.*")
        if path.suffix in (".sql", ".yml")
        for name in re.findall(r"\b(?:var|stated_date)\(['\"](\w+)['\"]", path.read_text())
    }
    assert used == declared | paths
    readme = (PROJECT / "README.md").read_text()
    assert not [name for name in used if f"`{name}`" not in readme]


def test_business_numbers_are_not_in_sql(models):
    """Business numbers live in policy CSVs: SQL of models holds 0, 1, 100 and calendar numbers."""
    allowed = {
        "0",
        "1",
        "2",
        "3",
        "4",
        "6",
        "7",
        "9",
        "12",
        "24",
        "36",
        "52",
        "60",
        "100",
        "365",
        "10",
        "1000",
        "10000",
    }
    for model in models:
        text = (PROJECT / model["original_file_path"]).read_text()
        bare = re.sub(r"--.*|decimal\(\d+, ?\d+\)|'[^']*'|\{#.*?#\}", "", text)
        numbers = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", bare)) - allowed
        assert not numbers, f"{model['name']}: {numbers}"


def test_every_suite_of_expectations_is_evaluated():
    modules = {path.stem for path in (PROJECT / "expectations").glob("*.py")}
    assert {module.__name__.split(".")[1] for module in DOMAINS_OF_SUITES} == modules - {
        "__init__",
        "suite",
        "validation",
    }


def test_expectations_compare_marts_and_stand_by_their_folder(models):
    """Laws over one table are dbt tests; Great Expectations has those over several, and bands."""
    folders = {f"{m['schema']}.{m['name']}": domain_of(m) for m in models}
    for suite in SUITES:
        module = import_module(f"expectations.{folders[suite.table]}")
        assert suite in module.SUITES, f"{suite.table} belongs to {module.__name__}"
        for law in suite.expectations:
            named = set(re.findall(r"\b(?:marts|quality)\.\w+", law.unexpected_rows_query))
            is_law = law.meta["kind"] == "law"
            assert not is_law or named - {suite.table}, (
                f"a dbt test of one table: {law.description}"
            )
