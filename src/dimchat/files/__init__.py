"""Files and processes: one safe way for each operation."""
