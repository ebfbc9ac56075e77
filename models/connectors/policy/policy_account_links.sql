{{ policy_table('account_links') }}
