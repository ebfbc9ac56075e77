-- A playbook without a target of its own has that of all. A recurring review has a target of completion as well.
with

playbooks as (
    select * from {{ ref('policy_playbooks') }}
),

cadences as (
    select * from {{ ref('policy_playbook_cadences') }}
),

benchmarks as (
    select * from {{ ref('policy_benchmarks') }}
),

company_benchmarks as (
    select
        benchmarks.figure,
        benchmarks.good
    from benchmarks
    where benchmarks.segment = 'all'
),

reviews as (
    select distinct
        cadences.playbook,
        cadences.done_by || '_completion' as figure
    from cadences
),

final as (
    select
        playbooks.playbook,
        coalesce(playbooks.target, compliance.good) as target,
        completion.good as completion_target,
        skipped.good as max_skipped
    from playbooks
    left join reviews
        on playbooks.playbook = reviews.playbook
    left join company_benchmarks as completion
        on reviews.figure = completion.figure
    left join company_benchmarks as compliance
        on compliance.figure = 'playbook_compliance'
    left join company_benchmarks as skipped
        on skipped.figure = 'steps_skipped'
)

select * from final
