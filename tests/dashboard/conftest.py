"""Fixtures of the dashboard's tests: published companies, and a page of the app over one of them."""
