-- A renewal gets the ARR of its own subscription and those that name it. Missing ARR comes from others of the product.
-- The rest of those goes to the subscription that they name, or by ARR to those that they continue.
with

renewal_arr as (
    select * from {{ ref('int_renewal_arr') }}
),

parties as (
    select * from {{ ref('int_renewal_parties') }}
),

gaps as (
    select * from {{ ref('int_renewal_gaps') }}
),

carried as (
    select
        renewal_arr.subscription_id,
        renewal_arr.renewal_on,
        renewal_arr.party_id,
        renewal_arr.product_id,
        parties.relation,
        cast(renewal_arr.arr as double) as arr,
        cast(renewal_arr.arr - coalesce(continued.arr, 0) as double) as arr_to_share
    from renewal_arr
    inner join parties
        on renewal_arr.subscription_id = parties.subscription_id
        and renewal_arr.renewal_on = parties.renewal_on
        and renewal_arr.party_id = parties.party_id
    left join renewal_arr as continued
        on renewal_arr.subscription_id = continued.subscription_id
        and renewal_arr.renewal_on = continued.renewal_on
        and renewal_arr.party_id = continued.party_id
        and renewal_arr.product_id = continued.product_id
        and continued.side = 'continued'
    where renewal_arr.side = 'carried'
),

renewals as (
    select
        gaps.subscription_id,
        gaps.renewal_on,
        sum(gaps.arr_up) as arr_up
    from gaps
    group by gaps.subscription_id, gaps.renewal_on
),

offered as (
    select
        carried.subscription_id,
        carried.renewal_on,
        carried.party_id,
        carried.product_id,
        gaps.arr_missing,
        carried.arr_to_share * gaps.arr_missing
        / sum(gaps.arr_missing) over (partition by carried.party_id, carried.product_id) as arr_offered
    from carried
    inner join gaps
        on carried.subscription_id = gaps.subscription_id
        and carried.renewal_on = gaps.renewal_on
        and carried.product_id = gaps.product_id
    where carried.relation in ('same_product', 'absorbing')
        and carried.arr_to_share > 0
        and gaps.arr_missing > 0
),

taken_by_product as (
    select
        offered.subscription_id,
        offered.renewal_on,
        offered.party_id,
        offered.arr_offered * least(
            offered.arr_missing
            / sum(offered.arr_offered) over (
                partition by offered.subscription_id, offered.renewal_on, offered.product_id
            ),
            1
        ) as arr
    from offered
),

taken as (
    select
        taken_by_product.subscription_id,
        taken_by_product.renewal_on,
        taken_by_product.party_id,
        sum(taken_by_product.arr) as arr
    from taken_by_product
    group by taken_by_product.subscription_id, taken_by_product.renewal_on, taken_by_product.party_id
),

carried_by_party as (
    select
        carried.subscription_id,
        carried.renewal_on,
        carried.party_id,
        carried.relation,
        sum(carried.arr) as arr
    from carried
    group by carried.subscription_id, carried.renewal_on, carried.party_id, carried.relation
),

shared as (
    select
        carried_by_party.subscription_id,
        carried_by_party.renewal_on,
        carried_by_party.party_id,
        carried_by_party.relation,
        carried_by_party.arr,
        coalesce(taken.arr, 0) as arr_taken,
        sum(coalesce(taken.arr, 0)) over (partition by carried_by_party.party_id) as arr_taken_of_party,
        coalesce(
            renewals.arr_up
            / nullif(sum(renewals.arr_up) over (partition by carried_by_party.party_id, carried_by_party.relation), 0),
            1 / cast(count(*) over (partition by carried_by_party.party_id, carried_by_party.relation) as double)
        ) as share
    from carried_by_party
    inner join renewals
        on carried_by_party.subscription_id = renewals.subscription_id
        and carried_by_party.renewal_on = renewals.renewal_on
    left join taken
        on carried_by_party.subscription_id = taken.subscription_id
        and carried_by_party.renewal_on = taken.renewal_on
        and carried_by_party.party_id = taken.party_id
),

final as (
    select
        shared.subscription_id,
        shared.renewal_on,
        shared.party_id,
        shared.relation,
        case shared.relation
            when 'itself' then shared.arr
            when 'absorbing' then shared.arr_taken
            else shared.arr_taken + greatest(shared.arr - shared.arr_taken_of_party, 0) * shared.share
        end as arr
    from shared
    where shared.relation <> 'absorbing'
        or {{ to_cents('shared.arr_taken') }} > 0
)

select * from final
