{{ policy_table('csm_incentives') }}
