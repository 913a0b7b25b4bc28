"""Many stands, one database: outboxes at the stands, what sends them on, and a journal in PostgreSQL for curators."""
