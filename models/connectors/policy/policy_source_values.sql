{{ policy_table('source_values') }}
