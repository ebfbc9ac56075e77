"""The demo built twice from the same raw extracts: on DuckDB, and as tables on a local Spark."""

from __future__ import annotations

from pathlib import Path

from conftest import Build, dbt

from benchmarks.on_spark import MODELS_ONLY, VARIABLES, dbt_here


def build_on_duckdb(home: Path, raw: Path | None) -> Build:
    """The marts as `dbt build` makes them, of the demo or of a folder of extracts."""
    environment = {"CS_RAW_PATH": str(raw)} if raw else {}
    built = dbt("build", home, *MODELS_ONLY, *VARIABLES["dev"], **environment)
    assert built.returncode == 0, f"dbt build on DuckDB failed:\n{built.output[-4000:]}"
    return built


def build_on_spark(home: Path) -> None:
    """The same models in this process, on the Spark that it has."""
    dbt_here(home, "build", "spark", *MODELS_ONLY)


def roll_up_usage_again_on_spark(home: Path) -> None:
    """A run with nothing new, over what is rolled up."""
    dbt_here(home, "run", "spark", "--quiet", "--select", "base_product__usage_rolled_up")


def compiled(home: Path, target: str, sql: str) -> str:
    """SQL with the project's macros written out for an engine."""
    inline = ("--no-populate-cache", "--quiet", "--inline", sql)
    return dbt_here(home, "compile", target, *inline).results[0].node.compiled_code
