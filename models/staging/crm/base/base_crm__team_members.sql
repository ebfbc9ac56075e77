{{ judged_rows('crm', 'team_members') }}
