{{ policy_table('csm_capacity') }}
