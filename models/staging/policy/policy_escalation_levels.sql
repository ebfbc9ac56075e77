{{ policy_table('escalation_levels') }}
