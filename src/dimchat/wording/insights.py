"""The words of `insights`: on the screen, as text and as a page."""

from __future__ import annotations

TITLE = "What people asked"
NOTHING = "The journal holds no question yet."
SPAN = "{since} to {until}"
SHARE = "{count} ({share:.0%})"

FACT_SPAN = "days"
FACT_QUESTIONS = "questions"
FACT_ANSWERED = "answered"
FACT_OFFERED = "offered choices"
FACT_DECLINED = "declined"
FACT_PICKED = "picked, not typed"
FACT_SMALLTALK = "small talk"
FACT_SAFETY = "safety messages"
FACT_LOST = "lost"
FACT_MEANT = "meant / not meant"
FACT_FACES = "faces"

BY_DAY = "By day"
DAY = "day"
HOUR = "hour"
BY_HOUR = "By hour of the day"
INTENTS = "Asked most"
UNANSWERED = "Unanswered most"
UNGROUPED = "{count} more, too rare to be grouped"
REASONS_GIVEN = "Why questions were declined"
DECLINED = "Every text that was declined"
MORE_TEXTS = "{count} more: --json and --csv have all of them"
REASON_OUTSIDE = "outside: {title}"
REASON_TIMES = "{reason} ({times})"
REASONS = {
    "": "not recorded",
    "reply.near": "something near, nothing sure",
    "reply.unknown": "nothing near",
    "reply.topic_known": "topic known, no answer",
    "reply.none_of_these": "none of the choices fitted",
    "reply.empty": "no words in it",
    "reply.too_long": "too long",
}
"""Why a question was declined, by the message that said so."""
CLOSEST = "Closest calls"
AGAIN = "Asked again after the answer"
NONE = "none"
NO_TEXT = "(no text)"

COLUMN_INTENT = "intent"
COLUMN_TITLE = "title"
COLUMN_TYPED = "typed"
COLUMN_PICKED = "picked"
COLUMN_QUESTION = "question"
COLUMN_TIMES = "times"
COLUMN_OFFERED = "offered"
COLUMN_WORDINGS = "wordings"
COLUMN_REASON = "reason given"
COLUMN_ANSWER = "answer"
COLUMN_MARGIN = "margin"
COLUMN_CONFIDENCE = "confidence"
COLUMN_ANSWERED = "answered"
COLUMN_AGAIN = "asked again"
COLUMN_NO = "not meant"
COLUMN_YES = "meant"
SERIES = ("answered", "offered choices", "declined")

ONE_FORM = "choose one form: --csv, or a report with --json, --markdown FILE or --html FILE"
ONE_START = "choose one start: --since DATE or --days N"

SCREEN_TITLE = "insights"
TAB_FLOW = "Days"
TAB_INTENTS = "Asked"
TAB_UNANSWERED = "Unanswered"
TAB_DECLINED = "Declined"
TAB_CLOSE = "Close calls"
TAB_AGAIN = "Again"
KEY_QUIT = "quit"
KEY_NEXT = "next"
KEY_PREVIOUS = "back"
TIP_QUIT = "Leave"
TIP_TAB = "Show this part"
TIP_THEME = "Change between dark, light and high contrast"

TAB_VERSIONS = "Versions"
VERSIONS = "Versions of the pack side by side"
VERSIONS_NOTE = "in brackets where the share lies in 95 of 100 cases, counted by visits; none under 30 visits"
COLUMN_VERSION = "version"
COLUMN_VISITS = "visits"
COLUMN_ASKED = "typed"
COLUMN_DECLINED = "declined"
COLUMN_CHANGE = "change"
NO_VERSION = "not recorded"
