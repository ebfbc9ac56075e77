{{ policy_table('health_weights') }}
