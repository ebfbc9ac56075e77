"""An independent reference: acceptance, MRR, movements and retention in plain Python.

Written from the definitions in docs, not from the SQL, so that the two can disagree.
"""
