{{ policy_table('health_priority') }}
