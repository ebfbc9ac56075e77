{{ policy_table('coverage_settings') }}
