"""The shape of a suite: one table and the laws that compare it with others."""

from dataclasses import dataclass

import great_expectations.expectations as gxe

# Bands look for broken data, not for bad months: a published month stays in history, so they are
# very wide, and only over a base that is large enough to have a distribution.
LARGE_BASE = 50
ROUNDING = 1e-9  # of rates, which are doubles; money is compared to the cent
CENT = 0.01


@dataclass(frozen=True)
class Suite:
    """The laws of one table of the build; `table` is `schema.name`, and must exist."""

    table: str
    expectations: tuple[gxe.UnexpectedRowsExpectation, ...]


def law(sentence: str, offenders: str, kind: str = "law") -> gxe.UnexpectedRowsExpectation:
    """A law over several tables in one sentence, and the query for the rows which break it.

    In the query, `batch` is the suite's table; other tables are named in full.
    """
    # GX gives its subquery an alias in some queries and none in others; a CTE takes both.
    query = f"with batch as (select * from {{batch}}) select * from ({offenders})"
    return gxe.UnexpectedRowsExpectation(
        description=sentence, unexpected_rows_query=query, meta={"kind": kind}
    )


def band(sentence: str, offenders: str) -> gxe.UnexpectedRowsExpectation:
    """The same for a band of plausibility, which may read the suite's table alone."""
    return law(sentence, offenders, kind="band")
