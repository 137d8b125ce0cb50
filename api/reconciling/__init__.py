"""The wire format of the Entity Reconciliation API 0.2 (W3C community group)."""
