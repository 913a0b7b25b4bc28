"""The history of a fleet's journal in PostgreSQL."""
