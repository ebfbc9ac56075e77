{{ judged_rows('crm', 'playbook_tasks',
    accounts=ref('stg_crm__accounts')
) }}
