-- A row is a churn reason code of the CRM that the taxonomy does not know, with the number of churns that have it.
-- Those churns count as unknown, so that the preventable share leaves them out.
-- Add the code to the policy churn_reason_map.
{{ config(severity='warn') }}

select
    churns.reason_code,
    count(*) as churns
from {{ ref('fct_churn_events') }} as churns
left join {{ ref('policy_churn_reason_map') }} as mapped
    on churns.reason_code = mapped.reason_code
where churns.reason_code is not null
    and mapped.reason_code is null
group by churns.reason_code
