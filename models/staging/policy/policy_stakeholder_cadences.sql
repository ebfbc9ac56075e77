{{ policy_table('stakeholder_cadences') }}
