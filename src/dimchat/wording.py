"""The words of dimchat's own that a person sees; a pack brings the rest.

They stand together so that another language can follow.
"""

from __future__ import annotations

NONE_OF_THESE = "None of these"
YOU = "You"

# --- the command line and the plain chat ---

PLAIN_WELCOME = "Ask me about being or becoming a {title}. /help says how, /quit leaves."
PLAIN_HELP = (
    "Type a question, or the number of a choice or a suggestion. "
    "/topics lists what can be asked, /quit leaves. Every answer was written and sourced by people."
)
PLAIN_NO_COMMAND = "There is no command {command}. There are /help, /topics and /quit."
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
SAFETY = ("I can't help with that. Please ask the staff here; in an emergency, call 911.",)

# --- replies in plain text and Markdown ---

SOURCES = "Sources"
NEXT = "Next"
REVIEW_OVERDUE = "This answer was due for review on {date}; it may be out of date."
EXPORT_REVIEWED = "From the answers of {title}, reviewed {date}."
EXPORT_ACCESSED = " Read {date}."

# --- the chat on the screen ---

CHAT_NAME = "dimchat"
CHAT_YOU = "you"
CHAT_PROMPT = "›"  # noqa: RUF001
CHAT_WELCOME = "Ask me about being or becoming a {title}."
CHAT_PROMISE = "Every answer was written and sourced by people. I don't make anything up."
CHAT_PLACEHOLDER = "Ask a question, or type a number"
SEARCH_HINT = "Type to narrow it down, enter takes it, esc leaves."
SEARCH_NONE = "Nothing you asked holds these words. Esc leaves."
CHAT_ALL_TOPICS = "All topics"
CHAT_HELP_HINT = "F1 help"
CHAT_REVIEWED = "reviewed {date}"
CHAT_EXPIRED = "! due for review since {date}: check the sources"
CHAT_LINK_MORE = "more"
CHAT_LINK_LESS = "less"
CHAT_LINK_WHY = "why"
CHAT_LINK_COPY = "copy"
CHAT_CUT = "… and {count} more characters"
CHAT_PASTE_CUT = "Only the first {limit} characters were pasted."
COPIED = "Copied to the system's clipboard."
COPIED_TERMINAL = "Sent to the clipboard through the terminal (OSC 52)."
COPIED_REMOTE = "Sent to your own clipboard through the terminal (OSC 52)."
COPY_TEXT_ONLY = "text"
COPY_USAGE = "/copy takes the answer with its sources, /copy text without."
EXPORT_TITLE = "{title}: a conversation of {date}"
EXPORT_PACK = "Pack {name} {version}, digest {digest}."
EXPORT_OVERWRITE = "overwrite"
EXPORT_USAGE = "Name a file: /export FILE.md, .txt or .json."
EXPORT_ENDING = "The file's ending names the format: {endings}."
EXPORT_EXISTS = "{file} is there already; /export {file} overwrite replaces it."
EXPORTED = "{count} turns written to {file}."
SAVE_TEST_USAGE = "Name a file of cases: /save-test FILE.yaml."
SAVE_TEST_ENDING = "Cases go into a file that ends with .yaml."
SAVE_TEST_OTHER = "{file} holds something other than a list of cases; nothing was written."
SAVED_TEST = "A case of {count} turns was added to {file}."
CANNOT_WRITE = "Cannot write {file}: {reason}."
THEME_UNKNOWN = "There is no theme {name}. There are: {names}."
PALETTE_PLACEHOLDER = "What would you like to do?"
PALETTE_NONE = "Nothing fits these words."
CHAT_NO_COMMAND = "There is no command {command}. /help lists them."
CHAT_NO_MORE = "There is nothing more to show here."
CHAT_NO_SOURCES = "There is no answer with sources yet."
CHAT_NO_REPLY = "Nothing was asked yet."
CHAT_CRASHED = "dimchat: stopped by a fault of its own ({fault}). Nothing that was asked is kept."
CHAT_FAULT_UNKNOWN = "unknown"
CHAT_COMMANDS = (
    ("help", "how it works, and the keys"),
    ("topics", "everything that can be asked, by topic"),
    ("sources", "the sources of the last answer, in full"),
    ("why", "why the last reply came"),
    ("more", "the last answer's whole text, or its short form again"),
    ("again", "ask the last question once more"),
    ("copy", "copy the last reply with its sources, or its text only"),
    ("export", "write the conversation to a .md, .txt or .json file"),
    ("save-test", "add the conversation to a .yaml file as a test case"),
    ("clear", "begin anew"),
    ("theme", "dark, light, high contrast, or one by its name"),
    ("quit", "leave"),
)
CHAT_ARGUMENTS = {"copy": "[text]", "export": "FILE", "save-test": "FILE", "theme": "[NAME]"}

KEY_ASK = "ask"
KEY_PICK = "pick"
KEY_BACK = "back"
KEY_CHOICES = "choices"
KEY_HELP = "help"
KEY_PALETTE = "commands"
KEY_THEME = "light/dark"
KEY_QUIT = "quit"
KEY_CLOSE = "close"
KEY_LEAVE = "leave"
KEY_STAY = "stay"

TIP_ASK = "Ask what you typed, or pick the number you typed"
TIP_NEW_LINE = "Begin another line"
TIP_SEARCH = "Search in what you asked; again for the one before"
TIP_END_SEARCH = "Leave the search"
TIP_EARLIER = "Bring back what you asked before"
TIP_LATER = "Go forward again in what you asked"
TIP_PICK = "Pick the lit choice"
TIP_NEXT = "Light the choice below"
TIP_PREVIOUS = "Light the choice above"
TIP_BACK = "Go back to typing"
TIP_CHOICES = "Take the grey words behind the cursor; with none, go to the choices and from one to the next"
TIP_CHOICES_BACK = "Go to the choices from below"
TIP_HELP = "Say how it works"
TIP_PAGE_UP = "Scroll up a page"
TIP_PAGE_DOWN = "Scroll down a page"
TIP_LINE_UP = "Scroll up a line"
TIP_LINE_DOWN = "Scroll down a line"
TIP_FIRST = "Go to the beginning"
TIP_LATEST = "Go to the end"
TIP_PALETTE = "List everything that can be done"
TIP_THEME = "Change between dark, light and high contrast"
TIP_COPY = "Copy the selected text; with none, ask whether to leave"
TIP_QUIT = "Leave at once"
TIP_CLOSE = "Go back to the conversation"
TIP_LEAVE = "Leave the conversation"
TIP_STAY = "Go on with the conversation"

PAGE_CLOSE = "close"
PAGE_CLOSE_KEY = "esc"
LEAVE_QUESTION = "Leave dimchat?"
LEAVE_NOTE = "This conversation is not kept."
LEAVE_KEY = "enter"
STAY_KEY = "esc"
SOURCES_TITLE = "Sources"
SOURCE_PUBLISHER = "publisher"
SOURCE_LOCATOR = "where"
SOURCE_ISSUED = "issued"
SOURCE_ACCESSED = "read on"
SOURCE_NOTE = "note"
WHY_TITLE = "Why:"
HELP_TITLE = "How it works"
HELP_PARAGRAPHS = (
    "Ask in your own words. Every answer was written beforehand, and names its sources; where there is none, I say so.",
    "Grey words behind the cursor are a suggestion: right or tab takes it, enter asks only what you typed.",
    "A number beside a question can be typed, clicked, or reached with tab. /topics leads to every answer by browsing.",
    "A click on [1] shows that source in full.",
    "Select text with the mouse and press ctrl+c to copy it. Nothing is kept unless you write it to a file.",
)
HELP_COMMANDS = "Commands"
HELP_KEYS = "Keys"
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
