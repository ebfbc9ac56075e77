select max(closing_mrr) from marts.fct_mrr_monthly where account_id = 'dates' and month = date '2025-06-01';  -- MRR with an end of 9999, and no MRR in a trial without an end: 400
select count(distinct expected_arr) from marts.fct_renewals where account_id in ('dates', 'dates_twin') and renewal_on = date '2026-02-01';  -- expected ARR is that of the twin without the dates: 1
select bool_or(has_given_notice) from marts.fct_renewals where account_id = 'dates';  -- a notice before the start is none: False
select first_response_hours from marts.fct_tickets where ticket_id = 'dates_merged';  -- a response before the ticket is none: null
select resolution_hours from marts.fct_tickets where ticket_id = 'dates_merged';  -- a solution before the ticket is none: null
select resolution_hours from marts.fct_tickets where ticket_id = 'dates_day';  -- a solution on the ticket's day takes no less than no time: 0
select closed_on from staging.stg_crm__opportunities where opportunity_id = 'dates_deal';  -- a deal booked before its record keeps its day: 2025-02-20
select placeholder_values from quality.dq_invalid_values where table_name = 'subscriptions' and column_name = 'ended_on';  -- both ends are placeholders: 2
