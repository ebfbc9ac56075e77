"""An independent reference in plain Python: acceptance, revenue, segments, health, and Stripe.

Written from the definitions in docs, not from the SQL, so that the two can disagree.
"""
