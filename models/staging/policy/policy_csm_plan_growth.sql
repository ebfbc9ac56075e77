{{ policy_table('csm_plan_growth') }}
