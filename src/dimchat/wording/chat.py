"""The words of the chat on the screen."""

from __future__ import annotations

from dimchat.wording import WELCOME

CHAT_NAME = "dimchat"
CHAT_YOU = "you"
CHAT_PROMPT = "›"  # noqa: RUF001
CHAT_WELCOME = WELCOME
CHAT_PROMISE = "Every answer was written and sourced by people. I don't make anything up."
CHAT_PLACEHOLDER = "Ask a question, or type a number"
SEARCH_HINT = "Type to narrow it down, {take} takes it, {leave} leaves."
SEARCH_NONE = "Nothing you asked holds these words; {leave} leaves."
HINTS_REST = "and {count} more: type on, or press {key}"
CHAT_ALL_TOPICS = "All topics"
CHAT_FOR = "Answers for {reader}"
CHAT_FOR_NOW = "chosen"
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
EXPORTED = "{count} written to {file}."
SAVE_TEST_USAGE = "Name a file of cases: /save-test FILE.yaml."
SAVE_TEST_ENDING = "Cases go into a file that ends with .yaml."
SAVE_TEST_OTHER = "Nothing was written to {file}: {reason}"
SAVED_TEST = "A case of {count} was added to {file}."
SAVED_NONE = "{file}: there is no saved conversation yet"
SAVED_OFF = "saving is off, so there is nothing to resume; save_conversations = true in {file} switches it on"
SAVED_UNREADABLE = "{file}: cannot be read: {reason}"
SAVED_DAMAGED = "{file}: damaged, or no conversation saved by dimchat; without --resume a new one takes its place"
SAVED_OTHER_PACK = "{file}: held with the pack {name}, not with {present}; --pack names that one"
RESUMED = "Resumed a conversation of {count}."
RESUMED_CHANGED = "Resumed a conversation of {count}. The answers changed since; these are the present ones."
CANNOT_WRITE = "Cannot write {file}: {reason}."
THEME_UNKNOWN = "There is no theme {name}. There are: {names}."
PALETTE_PLACEHOLDER = "What would you like to do?"
PALETTE_NONE = "Nothing fits these words."
CHAT_NO_COMMAND = "There is no command {command}. /help lists them."
CHAT_NO_MORE = "There is nothing more to show here."
CHAT_NO_SOURCES = "There is no answer with sources yet."
CHAT_NO_REPLY = "Nothing was asked yet."
CHAT_CRASHED = "dimchat: stopped by a fault of its own ({fault}). What was asked is in no report."
CHAT_FAULT_UNKNOWN = "unknown"
CHAT_COMMANDS = (
    ("help", "how it works, and the keys"),
    ("topics", "everything that can be asked, by topic"),
    ("for", "whom the answers are for, where that makes a difference"),
    ("sources", "the sources of the last answer, in full"),
    ("open", "the address of a source, to copy it or to open it"),
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
CHAT_ARGUMENTS = {
    "for": "[READER]",
    "sources": "[NUMBER]",
    "open": "[NUMBER]",
    "copy": "[text]",
    "export": "FILE",
    "save-test": "FILE",
    "theme": "[NAME]",
}

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
KEY_COPY = "copy"
KEY_OPEN = "open in the browser"
KEY_PANEL = "close sources"

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
TIP_LINK_COPY = "Copy the address"
TIP_LINK_OPEN = "Open the address in the browser"
TIP_LINK_CLOSE = "Do nothing with the address"
TIP_PANEL_CLOSE = "Close the sources beside the conversation"
TIP_PANEL_UP = "Scroll up in the sources beside the conversation"
TIP_PANEL_DOWN = "Scroll down in the sources beside the conversation"
TIP_STAY = "Go on with the conversation"

PAGE_CLOSE = "close"
LEAVE_QUESTION = "Leave dimchat?"
LEAVE_NOTE = "This conversation is not kept."
LEAVE_NOTE_SAVED = "dimchat --resume goes on with this conversation."
SOURCES_TITLE = "Sources"
SOURCES_HINT = "a number shows its address"
SOURCES_NUMBER = "There is no source {number} under the last answer that has sources."
SOURCE_NO_ADDRESS = "Source {number} has no address."
SOURCE_COPY = "copy the address"
SOURCE_OPEN = "open it"
LINK_TITLE = "Address"
LINK_NO_BROWSER = "There is no browser on this side; copy the address to open it elsewhere."
LINK_OPENED = "Given to the browser."
LINK_FAILED = "No browser took the address; it was not opened."
SOURCE_PUBLISHER = "publisher"
SOURCE_LOCATOR = "where"
SOURCE_ISSUED = "issued"
SOURCE_ACCESSED = "read on"
SOURCE_NOTE = "note"
WHY_TITLE = "Why:"
HELP_TITLE = "How it works"
HELP_PARAGRAPHS = (
    "Ask in your own words. Every answer was written beforehand, and names its sources; where there is none, I say so.",
    "Grey words behind the cursor are a suggestion: {take} takes it, {ask} asks only what you typed.",
    "A number beside a question can be typed, clicked, or reached with {choices}; /topics leads to every answer.",
    "A click on [1] shows that source in full; an address is shown before anything opens it.",
    "Select text with the mouse and press {copy} to copy it.",
    "Nothing is kept unless you write it to a file, or switch saving on in the settings.",
)
HELP_COMMANDS = "Commands"
HELP_KEYS = "Keys"


def turns(count: int) -> str:
    """Return how many turns."""
    return "one turn" if count == 1 else f"{count} turns"
