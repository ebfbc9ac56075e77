{{ judged_rows('feedback', 'survey_responses',
    accounts=ref('stg_crm__accounts')
) }}
