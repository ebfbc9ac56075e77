"""The metrics of models/semantic against the marts, by `make metrics`."""
