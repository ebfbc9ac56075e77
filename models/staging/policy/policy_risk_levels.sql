{{ policy_table('risk_levels') }}
