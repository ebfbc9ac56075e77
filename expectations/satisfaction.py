"""What customers say: answers add up over periods and tiers, and nothing is told before its day."""

from expectations.suite import Suite, law, unique_key

KEY = "period_grain, period, touch_tier, survey_type"
# A period of several months, and the months in it.
LONGER = """
    with
    months as (
        select period as month, survey_type, responses from batch as t
        where period_grain = 'month' and touch_tier = 'all'
    ),
    spans as (
        select t.*,
            case period_grain when 'quarter' then period
                else cast(period - interval '11' month as date) end as first_month,
            case period_grain when 'quarter' then cast(period + interval '2' month as date)
                else period end as last_month
        from batch as t
        where period_grain <> 'month' and touch_tier = 'all'
    )
"""

SUITES = (
    Suite(
        "marts.rpt_satisfaction",
        (
            unique_key("period_grain", "period", "touch_tier", "survey_type"),
            law(
                "Scores lie on their scales, and each has its word.",
                f"""
                select {KEY}, score, mean_score, assessment from batch as t
                where responses < 1 or assessment is null or not case survey_type
                    when 'nps' then score between -100 and 100 and mean_score between 0 and 10
                    when 'csat' then score between 0 and 1 and mean_score between 1 and 5
                    else score between 1 and 7 and score = mean_score
                end
                """,
            ),
            law(
                "The answers of all tiers are all answers.",
                """
                select period_grain, period, survey_type,
                    sum(responses) filter (touch_tier = 'all') as whole,
                    sum(responses) filter (touch_tier <> 'all') as parts
                from batch as t
                group by all
                having whole is distinct from parts
                """,
            ),
            law(
                "A quarter, and a trailing year within the history, has the answers of its months.",
                f"""
                {LONGER}
                select spans.period_grain, spans.period, spans.survey_type, spans.responses,
                    sum(months.responses) as of_months
                from spans
                left join months
                    on months.survey_type = spans.survey_type
                    and months.month between spans.first_month and spans.last_month
                where spans.first_month >= (select min(month) from months)
                group by all
                having spans.responses is distinct from of_months
                """,
            ),
            law(
                "A month's CSAT takes in every rated ticket that was solved in it.",
                """
                with rated as (
                    select cast(date_trunc('month', solved_at) as date) as month,
                        count(*) as tickets
                    from marts.fct_tickets where csat_score is not null group by 1
                )
                select rated.month, rated.tickets, t.responses
                from rated
                left join batch as t
                    on t.period = rated.month and t.period_grain = 'month'
                    and t.touch_tier = 'all' and t.survey_type = 'csat'
                where rated.month >= (select min(month) from marts.fct_mrr_monthly)
                    and coalesce(t.responses, 0) < rated.tickets
                """,
            ),
        ),
    ),
    Suite(
        "marts.fct_tickets",
        (
            unique_key("ticket_id"),
            law(
                "Nothing of a ticket is told before its day, and only what is solved is rated.",
                """
                select ticket_id, created_at, first_responded_at, solved_at, csat_score
                from batch as t
                cross join (select as_of_date from intermediate.int_run_context)
                where cast(greatest(created_at, first_responded_at, solved_at) as date) > as_of_date
                    or (solved_at is null and csat_score is not null)
                """,
            ),
            law(
                "Hours are told of what has happened, and of nothing else.",
                """
                select ticket_id, first_response_hours, resolution_hours from batch as t
                where (first_responded_at is null) <> (first_response_hours is null)
                    or (solved_at is null) <> (resolution_hours is null)
                """,
            ),
        ),
    ),
    Suite(
        "marts.dim_contacts",
        (
            unique_key("contact_id"),
            law(
                "Present is who has not departed by as_of_date.",
                """
                select contact_id, is_present, departed_on from batch as t
                where is_present <> (departed_on is null)
                    or departed_on > (select as_of_date from intermediate.int_run_context)
                """,
            ),
        ),
    ),
)
