"""Expectations over the marts that a test of one column cannot say, one module for each domain."""
