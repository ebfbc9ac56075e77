"""The dashboard: pages over the published marts."""
