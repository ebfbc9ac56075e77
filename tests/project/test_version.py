"""One version: pyproject.toml states it, dbt and the changelog repeat it."""

import re
import subprocess
import sys

import yaml
from conftest import PROJECT

from pipeline.settings import version

CHANGELOG = (PROJECT / "CHANGELOG.md").read_text()


def test_dbt_the_command_line_and_the_changelog_have_one_version():
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())
    printed = subprocess.run(
        [sys.executable, "-m", "pipeline", "--version"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    latest = re.findall(r"^## (\S+)$", CHANGELOG, re.MULTILINE)[0]
    assert project["version"] == latest == version()
    assert printed.stdout.split()[-1] == version()


def test_queries_of_the_changelog_run_on_the_marts(marts):
    queries = re.findall(r"^```sql\n(.*?)^```$", CHANGELOG, re.MULTILINE | re.DOTALL)
    assert queries
    for query in queries:
        assert marts.execute(query).fetchall(), query
