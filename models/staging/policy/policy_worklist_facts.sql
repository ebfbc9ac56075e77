{{ policy_table('worklist_facts') }}
