{{ policy_table('icp_weights') }}
