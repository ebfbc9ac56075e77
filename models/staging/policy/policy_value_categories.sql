{{ policy_table('value_categories') }}
