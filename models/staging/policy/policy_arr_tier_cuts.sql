{{ policy_table('arr_tier_cuts') }}
