{{ judged_rows('crm', 'opportunity_stages') }}
