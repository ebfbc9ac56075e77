{{ policy_table('source_fields') }}
