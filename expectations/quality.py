"""Quality: rejected rows and unused values are those that the reconciliation counts."""

from expectations.suite import Suite, band, law

SUITES = (
    Suite(
        "quality.dq_reconciliation",
        (
            band(
                "The company has accounts and subscriptions. Check the extracts where it has none.",
                """
                select needed.name from (values ('accounts'), ('subscriptions')) as needed (name)
                left join batch as t on t.table_name = needed.name and t.accepted_rows > 0
                where t.table_name is null
                """,
            ),
        ),
    ),
    Suite(
        "quality.dq_rejected_rows",
        (
            law(
                "Every table has as many rejected rows as dq_reconciliation counts.",
                """
                with listed as (
                    select source_system, table_name, count(*) as rejected_rows from batch as t
                    group by source_system, table_name
                )
                select source_system, table_name, listed.rejected_rows as listed,
                    counted.rejected_rows as counted
                from listed
                full join quality.dq_reconciliation as counted using (source_system, table_name)
                where coalesce(listed.rejected_rows, 0) is distinct from counted.rejected_rows
                """,
            ),
        ),
    ),
    Suite(
        "quality.dq_invalid_values",
        (
            law(
                "No column has more values set to null than dq_reconciliation counts rows.",
                """
                select source_system, table_name, t.column_name, t.values_nulled, counted.raw_rows
                from batch as t
                left join quality.dq_reconciliation as counted using (source_system, table_name)
                where t.values_nulled > counted.raw_rows or counted.raw_rows is null
                """,
            ),
        ),
    ),
)
