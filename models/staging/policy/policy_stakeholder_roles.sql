{{ policy_table('stakeholder_roles') }}
