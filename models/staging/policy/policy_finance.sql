{{ policy_table('finance') }}
