"""An independent reference: acceptance, MRR, retention, segments and health in plain Python.

Written from the definitions in docs, not from the SQL, so that the two can disagree.
"""
