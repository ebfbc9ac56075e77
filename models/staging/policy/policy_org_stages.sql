{{ policy_table('org_stages') }}
