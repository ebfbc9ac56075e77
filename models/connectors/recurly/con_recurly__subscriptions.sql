with

versions as (
    select * from {{ ref('con_recurly__subscription_versions') }}
),

links as (
    select * from {{ ref('con_account_links') }}
),

final as (
    select
        versions.subscription_id,
        coalesce(links.account_id, versions.source_account_id) as account_id,
        versions.started_on,
        versions.ended_on,
        versions.canceled_on,
        case versions.state_name
            when 'canceled' then 'active'
            when 'future' then 'active'
            when 'failed' then 'canceled'
            else versions.state_name
        end as status,
        cast(null as boolean) as is_trial,
        -- A trial given later is a pause: it must not take out the MRR before it.
        case
            when not coalesce(versions.trial_started_on > versions.started_on, false) then versions.trial_ends_on
        end as trial_ends_on,
        versions.plan_id,
        cast(null as int) as seats,
        cast(null as double) as mrr_amount,
        versions.currency,
        cast(
            case
                when versions.is_in_days
                    then greatest(round(versions.cycle_length * versions.term_cycles * 12 / 365.25), 1)
                else versions.cycle_length * versions.term_cycles
            end as int
        ) as term_months,
        cast(null as string) as renews_subscription_id,
        versions.renews as auto_renew,
        cast(null as timestamp) as loaded_at,
        case when versions.version_number > 1 then 'older_version' else versions.not_taken end as not_taken
    from versions
    left join links
        on links.source = 'recurly'
        and versions.source_account_id = links.source_id
)

select * from final
