"""Laws over several marts, and bands of plausibility; dbt tests hold the laws over one table.

One module for each domain of marts.
"""
