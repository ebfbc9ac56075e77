{{ policy_table('icp_fit_bands') }}
