"""The words of the journal that curators read."""

from __future__ import annotations

LOST = "dimchat: {count} questions could not be kept in the journal: {reason}"
LOST_NO_REASON = "there was no time left"

SHOW_ROWS = (
    ("address", "{url}"),
    ("version", "{version}"),
    ("days", "{days}"),
    ("questions", "{questions}, {with_text} of them with their text"),
    ("feedback", "{feedback}"),
    ("decisions", "{decisions}"),
    ("safety", "{safety} messages, counted and never kept"),
    ("lost", "{lost}"),
)
SHOW_NO_DAYS = "none yet"
SHOW_DAYS = "{since} to {until}"
SHOW_PICKED = "(picked)"
SHOW_NO_TEXT = "(no text)"
EXPORTED = "dimchat: {count} rows written"
PURGED = "dimchat: {count} rows taken out of {file}"
PURGE_WHAT = "say what goes: --days N keeps the last N days, --all keeps nothing"
PURGE_SURE = "Take everything out of {file}?"
NOT_WRITTEN = "{file} cannot be written: {reason}"
