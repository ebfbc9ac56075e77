-- A domain that two accounts share links nothing, and a free-mail domain belongs to nobody.
with

records as (
    select * from {{ ref('con_account_records') }}
),

account_keys as (
    select * from {{ ref('con_account_keys') }}
),

free_mail as (
    select * from {{ ref('policy_free_mail_domains') }}
),

domains as (
    select distinct
        account_keys.account_id,
        {{ domain_of('records.address') }} as domain
    from records
    inner join account_keys
        on records.record_id = account_keys.record_id
        and not account_keys.is_deleted
),

final as (
    select
        domains.domain,
        min(domains.account_id) as account_id,
        count(*) as accounts
    from domains
    left join free_mail
        on domains.domain = free_mail.domain
    where domains.domain is not null and free_mail.domain is null
    group by domains.domain
)

select * from final
