"""The history of a journal in SQLite: a chat, a stand, a server, an outbox."""
