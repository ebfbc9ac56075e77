"""The small company of the publishing tests holds the MRR that its table gives."""

from pathlib import Path

import duckdb
import pytest
from small_company import NO_CHURN, ORDINARY, YOUNG, Company, write_build


@pytest.mark.parametrize(
    "company", [ORDINARY, NO_CHURN, YOUNG], ids=["ordinary", "no_churn", "young"]
)
def test_company_has_the_mrr_it_was_given(tmp_path: Path, company: Company) -> None:
    write_build(tmp_path / "build.duckdb", company)
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select sum(closing_mrr), max(month) from marts.fct_mrr_monthly"
        ).fetchone()
    assert found is not None
    assert float(found[0]) == sum(sum(values) for values in company.mrr.values())
