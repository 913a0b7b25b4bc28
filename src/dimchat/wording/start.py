"""The words of `dimchat new`."""

from __future__ import annotations

NOT_EMPTY = "{folder} is not empty: it holds {file}; name a folder that is not there yet"
NO_FOLDER = "{folder} is there and is no folder"
CANNOT_WRITE = "{folder} cannot be written: {why}"
BAD_TITLE = "the title {title!r} holds characters that cannot be printed"
MADE = "{folder}: {intents} intents, {phrases} phrases, {cases} cases"
MADE_ROWS = "{rows} rows of {file}: {placed} placed, {left} not"
NEWEST = "{folder} has the newest format already"
NEXT_STEPS = "next: dimchat check --strict {folder}; dimchat test --pack {folder}; dimchat --pack {folder}"
NO_FILE = "{file} cannot be read: {why}"
NOT_UTF8 = "{file}:{line}: not UTF-8; save the table as UTF-8, in Excel as “CSV UTF-8 (Comma delimited)”"
NO_TEXT = "{file} is {kind}, no table in text; save it as “CSV UTF-8 (Comma delimited)”"
EMPTY_TABLE = "{file} is empty"
NO_COLUMN = "{file}:{line}: there is no column {column!r}{hint}; the first line names the columns, here: {known}"
COLUMN_TWICE = "{file}:{line}: the column {column!r} stands twice"
BAD_TABLE = "{file}:{line}: not a table: {why}"
CSV_FAULTS = {
    "unexpected end": "a quotation mark that is opened here and never closed",
    "field larger": "a cell of more than 131,072 characters; perhaps a quotation mark is never closed",
    "expected after": "text behind a closing quotation mark; a mark inside a cell is written twice",
}
"""What Python's reader finds, by its words."""
NOTHING_PLACED = "{file}: no row could be placed"

OTHER = "General"
"""The category of what has none."""
NO_QUESTION = "no question"
NO_ANSWER = "no answer"
NO_WORDS = "the question has no words"
TOO_MANY = "more cells than columns; put quotes around a text that holds the separator"
SAME_QUESTION = "the question stands already in line {line}"
OTHER_ANSWER = "the question stands in line {line} with another answer; which of the two is right?"
READ_AS_SAME = (
    "the question is read like the one in line {line}, {question!r}, which has another answer: case, accents and signs "
    "make no difference; put it in other words"
)
BAD_ID = "the id {id!r} is not of the form topic.aspect, in lower case"
TAKEN_GROUP = "the id {id!r} starts with a word that dimchat keeps for itself"
ID_OTHER_ANSWER = "{id} has another answer in line {line}"
ID_TWICE = "this answer is {id} since line {line}, not {other}; one answer has one id"
CATEGORY_TWICE = "{id} stands in the category {category!r} since line {line}, not {other!r}"
CONTROL = "characters that nobody sees were left out"
CATEGORY_SPELT = "the category {category!r} is taken for {taken!r} of line {line}"
COLUMNS_UNREAD = "columns that are not read: {columns}"
KEPT = {False: "not placed: ", True: "placed, but: ", None: ""}
"""What is said before a note, by whether the row is in the pack."""
NOT_FOUND = "the other phrasings do not lead to it, so it became a phrase and no case; write more phrasings of {id}"
TABLE_SOURCE = "The table {file}"
