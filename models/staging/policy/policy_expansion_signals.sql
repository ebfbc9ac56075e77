{{ policy_table('expansion_signals') }}
