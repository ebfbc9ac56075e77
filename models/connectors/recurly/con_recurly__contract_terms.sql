-- Each version states the term that it lies in. The newest version of a term counts.
with

versions as (
    select * from {{ ref('con_recurly__subscription_versions') }}
),

terms as (
    select
        versions.*,
        row_number() over (
            partition by versions.subscription_id, versions.term_started_on order by versions.version_number
        ) as from_the_last
    from versions
    where versions.term_started_on is not null
        and versions.term_ends_on is not null
),

standing as (
    select * from versions
    where version_number = 1
),

final as (
    select
        terms.subscription_id,
        terms.term_started_on as term_start_on,
        terms.term_ends_on as term_end_on,
        terms.renews as auto_renew,
        -- A change in mid-term begins a new term before the old one's end. It supersedes that one from its own day.
        terms.term_started_on as signed_on,
        cast(null as timestamp) as loaded_at,
        case
            when standing.not_taken is not null then standing.not_taken
            when terms.from_the_last > 1 then 'older_version'
        end as not_taken
    from terms
    inner join standing
        on terms.subscription_id = standing.subscription_id
)

select * from final
