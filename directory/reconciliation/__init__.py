"""Reconciliation: entities of the directory for what stands in other people's tables."""
