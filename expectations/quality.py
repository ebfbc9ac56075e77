"""Quality: no raw row is lost, and what was set aside is told in full."""

from expectations.suite import Suite, law, unique_key

SUITES = (
    Suite(
        "quality.dq_reconciliation",
        (
            unique_key("source_system", "table_name"),
            law(
                "Every raw row is accepted, a duplicate, or rejected.",
                """
                select source_system, table_name, raw_rows, accepted_rows, duplicate_rows,
                    rejected_rows, difference
                from batch as t
                where raw_rows <> accepted_rows + duplicate_rows + rejected_rows or difference <> 0
                    or least(raw_rows, accepted_rows, duplicate_rows, rejected_rows) < 0
                """,
            ),
            law(
                "The company has accounts and subscriptions.",
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
            unique_key("source_system", "table_name", "row_key", "reason"),
            law(
                "Rejected rows are as many as the reconciliation counts, table by table.",
                """
                with told as (
                    select source_system, table_name, count(*) as rejected from batch as t
                    group by source_system, table_name
                )
                select source_system, table_name, told.rejected, counted.rejected_rows
                from told
                full join quality.dq_reconciliation as counted using (source_system, table_name)
                where coalesce(told.rejected, 0) is distinct from counted.rejected_rows
                """,
            ),
        ),
    ),
    Suite(
        "quality.dq_invalid_values",
        (
            unique_key("source_system", "table_name", "column_name"),
            law(
                "No column has more values set to null than its table has rows.",
                """
                select source_system, table_name, t.column_name, t.values_nulled, counted.raw_rows
                from batch as t
                left join quality.dq_reconciliation as counted using (source_system, table_name)
                where t.values_nulled > counted.raw_rows or counted.raw_rows is null
                    or t.values_nulled <= 0
                """,
            ),
        ),
    ),
)
