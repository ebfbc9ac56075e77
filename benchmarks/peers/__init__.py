"""Marts written by hand in Polars, as a team without a warehouse would write them.

They read the same extracts and give the same numbers as `fct_mrr_monthly`, `fct_retention` (for all
and by tier), `fct_usage_monthly` and the scores of the scheme in use in `fct_health_scores`. In
their favour: they take the extracts as clean and typed (nothing is rejected, counted or told), the
policy of MRR and the seeds as they are, and the day and the accounts' tiers from the warehouse.
"""
