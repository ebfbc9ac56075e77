"""The shape of a suite: one table and what is expected of it."""

from dataclasses import dataclass

import great_expectations.expectations as gxe

# Distribution checks look for broken data, not for bad months: a published month stays in history,
# so they are very wide, and only over a base that is large enough to have a distribution.
LARGE_BASE = 50
ROUNDING = 1e-9  # of rates, which are doubles; money is compared to the cent


@dataclass(frozen=True)
class Suite:
    """What is expected of one table of the build; `table` is `schema.name`, and must exist."""

    table: str
    expectations: tuple[gxe.Expectation, ...]


def law(sentence: str, offenders: str) -> gxe.UnexpectedRowsExpectation:
    """A law in one sentence, and the query that returns the rows which break it.

    In the query, `batch` is the suite's table; other tables are named in full.
    """
    # GX gives its subquery an alias in some queries and none in others; a CTE bears both.
    query = f"with batch as (select * from {{batch}}) select * from ({offenders})"
    return gxe.UnexpectedRowsExpectation(description=sentence, unexpected_rows_query=query)


def unique_key(*columns: str) -> gxe.Expectation:
    """No two rows share these columns."""
    described = f"One row per {', '.join(columns)}."
    if len(columns) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=columns[0], description=described)
    return gxe.ExpectCompoundColumnsToBeUnique(
        column_list=list(columns), ignore_row_if="never", description=described
    )
