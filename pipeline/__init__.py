"""The scheduled run: build, validate, publish. It orchestrates and computes no metric."""
