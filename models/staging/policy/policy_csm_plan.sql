{{ policy_table('csm_plan') }}
