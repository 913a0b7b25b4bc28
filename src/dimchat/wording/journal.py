"""The words of the journal: what a visitor is told, and what a curator reads."""

from __future__ import annotations

NOTICE = {
    "off": "",
    "counts": "For its curators this program counts which answers are asked for. No question is kept.",
    "full": "For its curators this program keeps questions, without names and numbers. Please type nothing personal.",
}
"""What a visitor is told, by mode."""
KEY_RATE_YES = "what I meant"
KEY_RATE_NO = "not what I meant"
RATE_NOTHING = "There is no answer to say that of."
PLAIN_RATE = "/yes and /no tell them whether an answer was what you meant."
PLAIN_RATINGS = {"/yes": True, "/no": False}
RATE_THANKS = "Noted, thank you."
TIP_RATE_YES = "Tell the curators that this was what you meant"
TIP_RATE_NO = "Tell the curators that this was not what you meant"
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
