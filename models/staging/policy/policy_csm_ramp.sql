{{ policy_table('csm_ramp') }}
