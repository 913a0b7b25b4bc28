"""The words of dimchat's own that a person sees; a pack brings the rest.

They stand together so that another language can follow.
"""

from __future__ import annotations

NONE_OF_THESE = "None of these"
YOU = "You"


def about(template: str, title: str) -> str:
    """Return a sentence that begins with a title: a colon follows it, unless it ends as a sentence does.

    >>> about("{title}: ask what you would like to know", "How do I park?")
    'How do I park? Ask what you would like to know'
    """
    if title.endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")):
        rest = template.removeprefix("{title}: ")
        return f"{title} {rest[:1].upper()}{rest[1:]}"
    return template.format(title=title)


def ended(text: str) -> str:
    """Return a text whose last sentence ends with one full stop, though a title with its own stands at its end."""
    return text[:-1] if text.endswith(("?.", "!.", "..", "\N{HORIZONTAL ELLIPSIS}.")) else text


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def period(written: str) -> str:
    """Return a year, a month or a day as a person reads it.

    >>> period("2025"), period("2025-05"), period("2025-05-31")
    ('2025', 'May 2025', 'May 31, 2025')
    """
    year, _, rest = written.partition("-")
    month, _, day = rest.partition("-")
    named = f"{MONTHS[int(month) - 1]} " if month else ""
    return f"{named}{int(day)}, {year}" if day else f"{named}{year}"


# --- the command line and the plain chat ---

WELCOME = "This is “{title}”. Ask me what you would like to know."
"""Greets where the pack has no words of its own."""
PLAIN_HINT = "/help says how, /quit leaves."
PLAIN_HELP = (
    "Type a question, or the number of a choice or a suggestion. "
    "/topics lists what can be asked, /for says whom answers are for, /why says why the last reply came, "
    "/again asks it once more, /clear forgets what was said, /quit leaves. "
    "Every answer was written and sourced by people."
)
PLAIN_NO_COMMAND = "There is no command {command}. There are /help, /topics, /for, /why, /again, /clear and /quit."
PLAIN_FOR = "/for"
PLAIN_NOT_ASKED = "Nothing was asked yet."
PLAIN_CLEARED = "Forgotten. Ask anew."
PLAIN_GOODBYE = "Goodbye."
PLAIN_QUIT = frozenset({"/quit", "/exit", "/q"})

# --- replies: each row is taken by the number of the turn, so that no two in a row read the same ---

CLARIFY = (
    "I am not sure which of these you mean.",
    "Which of these comes closest?",
    "Several answers could fit. Which one is it?",
)
CLARIFY_TOPIC = (
    "{topic}: what would you like to know?",
    "{topic}: there is more than one answer. Which one?",
)
CLARIFY_ASPECT = ("{aspect}: for which of these?", "{aspect}: there are several answers. Which one?")
LACKING = (
    "{topic}: I have no answer about the {aspect} there. These I have:",
    "{topic}: I know nothing about the {aspect} there. Perhaps one of these:",
)
NOTHING_BEFORE = (
    "I cannot tell what that goes on from. Perhaps one of these:",
    "Nothing was asked before that. Is it one of these?",
)
RUNNERS_UP = (
    "Sorry. Did you mean one of these?",
    "Then perhaps one of these?",
)
NO_SUCH_NUMBER = (
    "There is no number {number} here. Pick one of 1 to {most}, or 0 for none of these.",
    "The choices go from 1 to {most}, so {number} fits none; 0 is none of these.",
)
DECLINE_OUTSIDE = (
    "That is about {title}, which I don't cover.",
    "I don't cover that: it belongs to {title}.",
)
DECLINE_TOPIC = (
    "{topic}: I know some things about that, but not this one.",
    "{topic}: that I have heard of, but I have no answer to your question.",
)
DECLINE_UNKNOWN = (
    "I have no answer to that.",
    "That is not among the questions I can answer.",
    "I found nothing that answers that.",
)
DECLINE_NOTHING = ("I need a question in words.", "There were no words in that which I can read.")
DECLINE_TOO_LONG = (
    "That is too long for me. Please ask one thing in a sentence or two.",
    "I can only read short questions. Please put it in one sentence.",
)
DECLINE_NONE_OF_THESE = (
    "Then I may not have it. Other words may help me find it.",
    "All right, none of those. Try it in other words.",
)
NEAREST = ("My subject is this: {pack}.", "I only know about this: {pack}.")
NEAREST_QUESTIONS = ("These come nearest:", "Perhaps one of these helps:")
MENU = ("This is what I know about:", "I can answer questions on:")
ELSEWHERE = ("Someone else may know: {elsewhere}.", "You could also ask {elsewhere}.")
ELSEWHERE_UNKNOWN = ("A person who works in the field may know.", "It is best to ask a person about that.")
PART_TAKEN = "I can answer one part of that, “{part}”:"
NO_SOURCES = "That answer names no sources."
SMALLTALK = ("I am here to answer questions.",)
SAFETY = ("I can't help with that. Please ask the staff here; in an emergency, call your local emergency number.",)

# --- for whom an answer is, as of when, and who knows more ---

FOR_READER = "For {reader}: {short}"
AS_OF = "As of {period}."
ANSWER_CONTACT = "Who knows more: {contact}."
EVERYONE = "everyone"
READER_NOW = "Answers are now for {reader}. /for {everyone} undoes that."
READER_NONE = "Answers are for everyone."
READER_ONLY = "Every answer of this pack is for everyone."
READERS = "There are answers for {readers}: type /for and one of these, or /for {everyone}."
UNKNOWN_READER = "There are no answers for {reader!r}. {readers}"

# --- what is said of words in an answer that are from no source ---

MARKS = {"estimate": "(our estimate)", "advice": "(our advice)"}

# --- replies in plain text and Markdown ---

SOURCES = "Sources"
NEXT = "Next"
REVIEW_OVERDUE = "This answer was due for review on {date}; it may be out of date."
EXPORT_REVIEWED = "{title}, reviewed {date}."
EXPORT_ACCESSED = " Read {date}."

# --- why a reply came ---

EXPLAIN = {
    "asked": "asked",
    "read": "read as",
    "words": "words",
    "frames": "frame",
    "pronouns": "pronouns",
    "topics": "topics",
    "aspects": "aspects",
    "safety": "safety",
    "context": "leans on",
    "nothing": "nothing",
    "won": " (won)",
    "bar": "bar",
    "needs": "confidence {floor:.2f}, margin {margin:.2f}",
    "decision": "decided",
    "reply": "reply",
}
