{{ policy_table('health_status_bands') }}
