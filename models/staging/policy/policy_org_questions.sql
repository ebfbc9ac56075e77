{{ policy_table('org_questions') }}
