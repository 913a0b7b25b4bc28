"""Keeping what is asked: rows are made of replies, redacted, and written behind the answers."""
