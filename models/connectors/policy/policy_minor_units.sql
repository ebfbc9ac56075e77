{{ policy_table('minor_units') }}
