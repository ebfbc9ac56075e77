{{ judged_rows('crm', 'accounts') }}
