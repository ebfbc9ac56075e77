{{ policy_table('health_colours') }}
