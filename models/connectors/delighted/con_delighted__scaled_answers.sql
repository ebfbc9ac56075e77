with

answers as (
    select
        loaded.*,
        {{ source_value('delighted', 'response.survey_type', 'loaded.survey_type') }} as kind,
        {{ source_value('delighted', 'response.scale', 'loaded.question') }} as question_scale,
        {{ source_value('delighted', 'response.scale', 'loaded.survey_type') }} as type_scale
    from ({{ loaded_rows('delighted', 'response') }}) as loaded
),

-- A scale is written from its worst to its best answer, so 1-7 ends with the best. A text that names none has none.
stated as (
    select
        answers.*,
        case
            when {{ matches_all('answers.question_scale', '[0-9]{1,2}-[0-9]{1,2}') }} then answers.question_scale
            when {{ matches_all('answers.type_scale', '[0-9]{1,2}-[0-9]{1,2}') }} then answers.type_scale
        end as scale
    from answers
),

placed as (
    select
        stated.*,
        cast(split_part(stated.scale, '-', 1) as int) as worst,
        cast(split_part(stated.scale, '-', 2) as int) as best
    from stated
),

-- How far the answer lies below the best one: 0 is the best, and steps is the worst.
measured as (
    select
        placed.*,
        nullif(abs(placed.best - placed.worst), 0) as steps,
        case
            when placed.best > placed.worst then placed.best - placed.score
            else placed.score - placed.best
        end as below
    from placed
),

-- The two best answers of five or more are satisfied, as 5 and 4 are here. An answer outside its scale stays outside.
final as (
    select
        measured.id,
        measured.person_id,
        measured.kind,
        measured.touchpoint,
        measured.created_at,
        measured._version,
        measured.kind = 'nps' or measured.scale is not null as has_scale,
        coalesce(measured.is_deleted, false) as is_deleted,
        case
            when measured.kind not in ('csat', 'ces') or measured.score <> floor(measured.score) then measured.score
            when measured.kind = 'ces' then 4 + round(measured.below * 6.0 / measured.steps - 3)
            when measured.below < 0 or measured.below > measured.steps then 5 - 4 * measured.below
            when measured.below = 0 then 5
            when measured.below = 1 and measured.steps >= 4 then 4
            else least(5 - round(measured.below * 4.0 / measured.steps), 3)
        end as score
    from measured
)

select * from final
