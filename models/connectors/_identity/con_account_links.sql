-- The first rule that finds one account links the party. An unlinked billing customer is an account of its own.
{% set billing = quoted_texts(billing_systems()) %}
with

parties as (
    select * from {{ ref('con_parties') }}
),

matches as (
    select * from {{ ref('con_account_matches') }}
),

records as (
    select * from {{ ref('con_account_records') }}
),

shared_domains as (
    select * from {{ ref('con_account_domains') }}
    where accounts > 1
),

named as (
    select
        parties.source,
        parties.source_id,
        max(parties.party_name) as party_name,
        max(parties.domain) as domain,
        max(shared_domains.domain) as shared_domain,
        max(records.record_id) as own_record_id
    from parties
    left join shared_domains
        on parties.domain = shared_domains.domain
    left join records
        on parties.source = records.base_system
        and parties.source_id = records.record_id
    group by parties.source, parties.source_id
),

ranked as (
    select
        matches.*,
        row_number() over (partition by matches.source, matches.source_id order by matches.rule_number) as match_number
    from matches
    where matches.accounts = 1
),

final as (
    select
        named.source,
        named.source_id,
        named.party_name,
        named.domain,
        named.shared_domain,
        case
            when ranked.rule_number = 1 then ranked.account_id
            when named.own_record_id is not null then named.own_record_id
            when ranked.account_id is not null then ranked.account_id
            when named.source in ({{ billing }}) then named.source_id
        end as account_id,
        case
            when ranked.rule_number = 1 then 'own_list'
            when named.own_record_id is not null then 'own_account'
            when ranked.rule_number = 2 then 'stated_id'
            when ranked.rule_number = 3 then 'named_by_crm'
            when ranked.rule_number = 4 then 'domain'
            else 'unlinked'
        end as link_rule
    from named
    left join ranked
        on named.source = ranked.source
        and named.source_id = ranked.source_id
        and ranked.match_number = 1
)

select * from final
