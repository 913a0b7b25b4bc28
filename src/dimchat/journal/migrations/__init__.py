"""The steps from one version of a journal's tables to the next, by Alembic; one history for each kind of database.

A step that was published never changes what it leads to, so none of them reads the tables of today.
"""
