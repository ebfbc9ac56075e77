-- Days with a login since the start, short of what the playbook asks after its days; closed on the day that makes them enough.
-- Of an account without a feed nothing is said, nor of a company that does not carry logins.
with

customer_starts as (
    select * from {{ ref('int_customer_starts') }}
),

account_days as (
    select * from {{ ref('int_usage_account_days') }}
),

feeds as (
    select * from {{ ref('int_account_feeds') }}
),

carried as (
    select * from {{ ref('int_usage_carried') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

login_days as (
    select
        customer_starts.account_id,
        account_days.usage_on,
        row_number() over (partition by customer_starts.account_id order by account_days.usage_on) as login_day_number
    from customer_starts
    inner join account_days
        on customer_starts.account_id = account_days.account_id
        and customer_starts.customer_since <= account_days.usage_on
    where account_days.logins > 0
),

judged as (
    select
        customer_starts.account_id,
        playbooks.playbook,
        playbooks.min_count,
        playbooks.after_days,
        {{ add_days('customer_starts.customer_since', 'playbooks.after_days') }} as judged_on
    from customer_starts
    inner join playbooks
        on playbooks.playbook in ('no_login_day_3', 'low_usage_day_7')
),

counted as (
    select
        judged.account_id,
        judged.playbook,
        judged.after_days,
        judged.judged_on,
        coalesce(count_if(login_days.usage_on <= judged.judged_on), 0) as days_used,
        max(case when login_days.login_day_number = judged.min_count then login_days.usage_on end) as enough_on
    from judged
    left join login_days
        on judged.account_id = login_days.account_id
        and judged.min_count >= login_days.login_day_number
    group by judged.account_id, judged.playbook, judged.after_days, judged.judged_on
),

final as (
    select
        counted.account_id,
        counted.playbook,
        counted.judged_on as opened_on,
        counted.judged_on as anchor_on,
        counted.enough_on as exit_on,
        'days with a login in the first ' || {{ number_text('counted.after_days') }} || ': ' || {{ number_text('counted.days_used') }} as evidence
    from counted
    inner join feeds
        on counted.account_id = feeds.account_id
        and counted.judged_on >= feeds.feed_from
    inner join carried
        on counted.judged_on >= carried.logins_from
    where coalesce(counted.enough_on > counted.judged_on, true)
)

select * from final
