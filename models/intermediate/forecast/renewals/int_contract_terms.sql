-- Terms longer than a month, in each known version. A term ends early where a later contract or a successor begins.
-- Until that is known, the agreed end holds.
with

terms_agreed as (
    select * from {{ ref('int_contract_terms_agreed') }}
),

successors as (
    select * from {{ ref('int_subscription_successors') }}
),

replacements as (
    select
        successors.subscription_id,
        min(successors.replaced_on) as replaced_on
    from successors
    group by successors.subscription_id
),

-- Staging accepts a contract within the term of another only if it was signed later.
ends_known as (
    select
        terms_agreed.subscription_id,
        terms_agreed.term_start_on,
        terms_agreed.is_derived,
        terms_agreed.known_on,
        terms_agreed.term_end_on
    from terms_agreed
    union all
    select
        terms_agreed.subscription_id,
        terms_agreed.term_start_on,
        terms_agreed.is_derived,
        greatest(later_terms.known_on, terms_agreed.known_on) as known_on,
        later_terms.term_start_on as term_end_on
    from terms_agreed
    inner join terms_agreed as later_terms
        on terms_agreed.subscription_id = later_terms.subscription_id
        and terms_agreed.term_start_on < later_terms.term_start_on
        and terms_agreed.term_end_on > later_terms.term_start_on
    where not terms_agreed.is_derived
        and not later_terms.is_derived
    union all
    select
        terms_agreed.subscription_id,
        terms_agreed.term_start_on,
        terms_agreed.is_derived,
        greatest(replacements.replaced_on, terms_agreed.known_on) as known_on,
        replacements.replaced_on as term_end_on
    from terms_agreed
    inner join replacements
        on terms_agreed.subscription_id = replacements.subscription_id
        and terms_agreed.term_start_on < replacements.replaced_on
        and terms_agreed.term_end_on > replacements.replaced_on
),

earliest_ends as (
    select
        ends_known.subscription_id,
        ends_known.term_start_on,
        ends_known.is_derived,
        min(ends_known.known_on) as known_on,
        ends_known.term_end_on,
        min(ends_known.term_end_on) over (
            partition by ends_known.subscription_id, ends_known.term_start_on, ends_known.is_derived
            order by min(ends_known.known_on), ends_known.term_end_on
        ) as earliest_end_on
    from ends_known
    group by ends_known.subscription_id, ends_known.term_start_on, ends_known.is_derived, ends_known.term_end_on
),

versions as (
    select
        earliest_ends.subscription_id,
        earliest_ends.term_start_on,
        earliest_ends.is_derived,
        earliest_ends.known_on,
        earliest_ends.term_end_on,
        lead(earliest_ends.known_on) over (
            partition by earliest_ends.subscription_id, earliest_ends.term_start_on, earliest_ends.is_derived
            order by earliest_ends.known_on
        ) as next_known_on
    from earliest_ends
    where earliest_ends.term_end_on = earliest_ends.earliest_end_on
),

final as (
    select
        terms_agreed.subscription_id,
        terms_agreed.account_id,
        terms_agreed.term_start_on,
        versions.term_end_on,
        terms_agreed.term_end_on as agreed_end_on,
        versions.known_on,
        least(
            terms_agreed.superseded_on,
            versions.next_known_on,
            case when replacements.replaced_on <= terms_agreed.term_start_on then replacements.replaced_on end
        ) as superseded_on,
        terms_agreed.signed_on,
        terms_agreed.auto_renew,
        terms_agreed.is_derived
    from versions
    inner join terms_agreed
        on versions.subscription_id = terms_agreed.subscription_id
        and versions.term_start_on = terms_agreed.term_start_on
        and versions.is_derived = terms_agreed.is_derived
    left join replacements
        on versions.subscription_id = replacements.subscription_id
    where versions.term_end_on > cast(versions.term_start_on + interval '1' month as date)
        and coalesce(versions.known_on < terms_agreed.superseded_on, true)
        and coalesce(
            versions.known_on < replacements.replaced_on or replacements.replaced_on > terms_agreed.term_start_on, true
        )
)

select * from final
