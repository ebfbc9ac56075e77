-- People are shown by the domain of their address, because their ids and names are personal.
{% set people = quoted_texts(person_sources()) %}
with

links as (
    select * from {{ ref('con_account_links') }}
),

own_links as (
    select * from {{ ref('policy_account_links') }}
),

accounts as (
    select * from {{ ref('dim_accounts') }}
),

free_mail as (
    select * from {{ ref('policy_free_mail_domains') }}
),

parties as (
    select
        links.source as source_system,
        case
            when links.source in ({{ people }}) then coalesce(links.domain, 'no address')
            else links.source_id
        end as source_id,
        case when links.source not in ({{ people }}) then links.party_name end as party_name,
        links.domain,
        links.shared_domain,
        links.account_id,
        links.link_rule,
        own_links.account_id as listed_account_id
    from links
    left join own_links
        on links.source = own_links.source
        and links.source_id = own_links.source_id
),

grouped as (
    select
        parties.source_system,
        parties.source_id,
        parties.account_id,
        parties.link_rule,
        max(parties.party_name) as party_name,
        max(parties.domain) as domain,
        max(parties.shared_domain) as shared_domain,
        max(parties.listed_account_id) as listed_account_id,
        count(*) as parties
    from parties
    group by parties.source_system, parties.source_id, parties.account_id, parties.link_rule
),

with_money as (
    select
        grouped.*,
        accounts.account_name,
        accounts.mrr,
        accounts.reporting_currency,
        free_mail.domain is not null as is_free_mail,
        grouped.link_rule = 'unlinked' as is_unlinked
    from grouped
    left join free_mail
        on grouped.domain = free_mail.domain
    left join accounts
        on grouped.account_id = accounts.account_id
),

final as (
    select
        with_money.source_system,
        with_money.source_id,
        with_money.link_rule,
        coalesce(with_money.account_id, 'none') as account_id,
        with_money.account_name,
        with_money.party_name,
        with_money.domain,
        cast(with_money.parties as bigint) as parties,
        case
            when not with_money.is_unlinked then null
            when with_money.listed_account_id is not null
                then 'account_links.csv names ' || with_money.listed_account_id || ', which is no account.'
            when with_money.shared_domain is not null
                then 'Several accounts share ' || with_money.shared_domain || ', so the domain links nothing.'
            when with_money.domain is null then 'It states no known id and has no address.'
            when with_money.is_free_mail
                then 'It states no known id, and ' || with_money.domain || ' gives anybody an address.'
            else 'It states no known id, and no account has the domain ' || with_money.domain || '.'
        end as reason,
        with_money.is_unlinked,
        cast(case when with_money.is_unlinked then coalesce(with_money.mrr, 0) else 0 end as decimal(18, 2))
            as mrr_at_stake,
        with_money.reporting_currency
    from with_money
)

select * from final
