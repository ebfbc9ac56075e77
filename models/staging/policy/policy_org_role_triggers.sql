{{ policy_table('org_role_triggers') }}
