-- Fewer days with a login than min_count in after_days since the start. It closes on the day that reaches min_count.
-- Accounts without a feed, and companies without logins in theirs, are not judged.
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

feed_coverage as (
    select * from {{ ref('int_usage_feed_coverage') }}
),

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

login_days as (
    select
        account_days.account_id,
        account_days.usage_on
    from account_days
    where account_days.is_active
        and account_days.logins > 0
),

judged as (
    select
        customer_starts.account_id,
        customer_starts.customer_since,
        playbooks.playbook,
        playbooks.min_count,
        playbooks.after_days,
        {{ add_days('customer_starts.customer_since', 'playbooks.after_days') }} as judged_on
    from customer_starts
    inner join playbooks
        on playbooks.playbook in ('no_login_day_3', 'low_usage_day_7')
    inner join feeds
        on customer_starts.account_id = feeds.account_id
        and {{ add_days('customer_starts.customer_since', 'playbooks.after_days') }} >= feeds.feed_from
    inner join feed_coverage
        on {{ add_days('customer_starts.customer_since', 'playbooks.after_days') }} >= feed_coverage.logins_from
),

short as (
    select
        judged.account_id,
        judged.playbook,
        judged.min_count,
        judged.after_days,
        judged.judged_on,
        count(login_days.usage_on) as days_used
    from judged
    left join login_days
        on judged.account_id = login_days.account_id
        and login_days.usage_on between judged.customer_since and judged.judged_on
    group by judged.account_id, judged.playbook, judged.min_count, judged.after_days, judged.judged_on
    having count(login_days.usage_on) < judged.min_count
),

later_days as (
    select
        short.account_id,
        short.playbook,
        login_days.usage_on,
        row_number() over (
            partition by short.account_id, short.playbook
            order by login_days.usage_on
        ) as later_day_number
    from short
    inner join login_days
        on short.account_id = login_days.account_id
        and short.judged_on < login_days.usage_on
),

final as (
    select
        short.account_id,
        short.playbook,
        short.judged_on as opened_on,
        short.judged_on as anchor_on,
        later_days.usage_on as exit_on,
        'logins on ' || {{ number_text('short.days_used') }} || ' of the first '
        || {{ number_text('short.after_days') }} || ' days' as evidence
    from short
    left join later_days
        on short.account_id = later_days.account_id
        and short.playbook = later_days.playbook
        and short.min_count - short.days_used = later_days.later_day_number
)

select * from final
