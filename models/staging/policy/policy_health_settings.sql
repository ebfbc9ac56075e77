{{ policy_table('health_settings') }}
