{{ policy_table('org_maturity') }}
