{{ policy_table('leading_indicators') }}
