"""The words of `dimchat import` and `dimchat export`."""

from __future__ import annotations

WORKBOOK = "a workbook of Excel or another program, or another archive"
OLD_WORKBOOK = "an old Excel workbook"
NO_FILE = "{file} cannot be read: {why}"
TOO_BIG = "{file} is larger than {most} MiB, which is the most that is read"
NO_TEXT = "{file} is {kind}, no table in text; save it as “CSV UTF-8 (Comma delimited)”, or import it as xlsx"
NOT_UTF8 = "{file}:{line}: not UTF-8; save it as UTF-8, in Excel as “CSV UTF-8 (Comma delimited)”"
EMPTY = "{file} is empty"
TOO_DEEP = "{file}: more than {most} lists and mappings inside each other"
BAD_JSON = "{file}:{line}:{column}: not JSON: {why}"
NO_ZIP = "{file} is no zip file"
MANY_PARTS = "{file} holds more than {most:,} files"
UNPACKS_BIG = "{file} would unpack to more than {most} MiB"
BOMB = "{file}: {part} would unpack to far more than its size; nothing is read of such a file"
BAD_PART = "{file}: {part} cannot be read: damaged or encrypted"

NO_WORKBOOK = "{file} is no workbook of Excel (.xlsx)"
MANY_ROWS = "{file} has more than {most:,} rows"
OTHER_SHEET = "only the first sheet is read"
FORMULA = "{cell} holds a formula, which is read as text"
NO_COLUMN = "{file}:{line}: there is no column {column!r}{hint}; the first line names the columns, here: {known}"
COLUMN_TWICE = "{file}:{line}: the column {column!r} stands twice"
BAD_TABLE = "{file}:{line}: not a table: {why}"
CSV_FAULTS = {
    "unexpected end": "a quotation mark that is opened here and never closed",
    "field larger": "a cell of more than 1,048,576 characters; perhaps a quotation mark is never closed",
    "expected after": "text behind a closing quotation mark; a mark inside a cell is written twice",
}
"""What Python's reader finds, by its words."""
TOO_MANY = "more cells than columns; put quotes around a text that holds the separator"
OTHER_ENTITY = "synonyms in {language}: those of a further language go into intents/LANGUAGE/vocabulary.yaml by hand"
GROUP_ALONE = "outside lines in {language} without a group in the pack's own language"
SAID_TOO = {
    "one": "what {count} question says in {language}",
    "other": "what {count} questions say in {language}",
}
NOT_BESIDE = "it is in {language}; a pack in {taken} can hold {others} beside that"
NO_LANGUAGES = "it is in {language}; a pack of format 1 holds one language alone: dimchat upgrade"
NO_ID_IN = (
    "it is in {language}, the file in {taken}: rows are one entry in both by their id, and no row in {taken} has this"
)
NOT_THERE = "it is in {language}, and the pack has nothing of an earlier import that it would say in that"
ONE_WAY = "in {language} the first of {count} answers is taken: in a further language there are no wordings by turns"
NO_QUESTION = "no question"
NO_ANSWER = "no answer"
NO_WORDS = "the question {question!r} has no words"
ANOTHER_ANSWER = "another answer of {id} ({where}); they are taken in turns"
NO_QNA_TABLE = "{file} holds no table (.tsv)"
NO_QNA_COLUMNS = "{file}: no table of QnA Maker: its first line names the columns Question and Answer"
NO_QNAS = "{file} is no project of custom question answering: there is no list assets/qnas or qnaDocuments"
LONE_SYNONYM = "the synonym {word!r} stands alone"
BAD_PROMPTS = "not read: {text}"
DOCUMENT_TEXT = "a passage of an unstructured document, which answers no written question"
SUGGESTED = {
    "one": "a phrasing that active learning proposed is kept as metadata, not as a phrase: {first!r}",
    "other": "{count} phrasings that active learning proposed are metadata now, no phrases: {first!r} and others",
}
DEAD_PROMPT = "the follow-up {text!r} leads to {key!r}, which is not there"
SHOWN_AS = "the follow-up {text!r} is shown as {title!r}"
NO_PARENT = "meant in context alone, but nothing leads to it: it is answered at any time"
AT_ANY_TIME = "meant after {ids} alone, where that does not count"
STRAY = "not read: {text}"
MODEL_INFO = "a setting of Bot Framework: {text}"
REFERENCE = "a reference to another file or page: {address}"
OPEN_ANSWER = "{file}:{line}: an answer is opened here with ``` and never closed"
ANSWER_KIND = "the answer is marked as {kind!r} and read as Markdown"

SMALL_TALK = "Small talk"
TALK_ALONE = (
    "it is small talk alone, which becomes the category {category}; in a pack with answers it becomes small talk"
)
BAD_YAML = "{file}:{line}: not YAML: {why}"
ALIAS = "{file}:{line}: an alias; write it out"
NO_RASA = "{file}: no training data of Rasa 3: no intent with examples"
RASA_PART = "{kind} {name!r}, for which there is nothing here"
SLOT_IN_TEXT = "{name}: the text says something that the person has named, and shows its name instead"
UNUSED_RESPONSE = "nothing leads to the response {name!r}"
NO_EXAMPLE = "the intent {name!r} has no example"
NO_RESPONSE = "nothing answers the intent {name!r}"
STORY = "the intent {name!r} of this story is not carried, so that it is no case"
NO_CORPUS = "{file} is no corpus of nlp.js: there is no list data"
NO_NAME = "no intent"
NLPJS_PART = "{name}, for which there is nothing here"
CONDITION = "an answer with a condition: {text}"
TO_WRITE = "TODO: write the answer of {name}."
NO_ANSWER_YET = "the corpus has no answer; TODO stands in its place, until one is written"
NO_AGENT = "{file} is no agent of Dialogflow ES: it has no intents"
DIALOGFLOW_PART = "{name}, for which there is nothing here"
NO_FAQ = "{file} has no FAQPage in JSON-LD"
PICTURE = "a picture beside the answer: {url}"
OTHER = "General"
"""The category of what has none."""
CATEGORY_SPELT = "the category {category!r} is taken for {taken!r} of {where}"
REPEATS = "it says again what {where} says"
OTHER_ANSWER = "the question {question!r} stands in {where} with another answer ({id}); which of the two is right?"
READ_AS_SAME = (
    "the question {question!r} is read like {other!r} of {where}, which has another answer: case, accents and signs "
    "make no difference; put it in other words"
)
IMAGES = "pictures become links: {count}"
HTML = "HTML becomes Markdown"
PROMPT_TO_TALK = "the follow-up {text!r} leads to small talk or to itself and is not offered"
NOT_YET = "imported, and not answered so yet"
DELETED_HERE = "it was taken out of the pack, and stays out"
EDITED_BOTH = "edited here and changed in the file, so that it stays as it is here: {keys}"
GONE = "no longer in the file: its answer is a draft now, which nobody is shown"
GONE_EDITED = "no longer in the file, but edited here: it stays"
GONE_TALK = "no longer in the file: it stays"
NO_LEDGER = "it is none of an import"
BAD_LEDGER = "{file} cannot be read: {why}"
NOTHING_PLACED = "{file}: no entry could be placed"
CANNOT_WRITE = "{folder} cannot be written: {why}"
WOULD_DROP = "nothing is written: {losses}; --lossy writes what is left"
NEXT = "next:"
NEXT_TUNE = "  dimchat tune --pack {folder}"
NEXT_STEPS = (
    "  dimchat check {folder}\n"
    "  dimchat test --pack {folder}\n"
    "  dimchat --pack {folder}\n"
    "  dimchat suggest vocabulary --pack {folder}   # so that follow-ups are understood"
)

ROLES = {"answer": "answers", "talk": "small talk", "outside": "not answered"}
STDOUT_TWICE = "the export and its report cannot both go to stdout: name a file for one of them"
HOLDS_OTHERS = "{folder} holds {file}, which is none of this export; name another folder"
IMPORT_OF = "Import of {file}"
FILE = "file"
ENTRIES = "entries"
LOSSES = "not carried"
CASES = "cases"
CHANGES = "Changes"
STATE = "state"
WRITTEN = "written"
NOT_WRITTEN = "nothing is written"
NOTHING = "nothing"
KINDS = {"added": "added", "changed": "changed", "kept": "kept", "gone": "gone", "same": "the same"}
TRIED = "{asked} asked, {failing} not answered so yet (marked xfail)"
ALL_ANSWERED = "{asked} asked, each gets its answer"
DROPPED = "dropped"
TOLD = "carried, but"
DROPPED_COUNT = {"one": "1 thing dropped", "other": "{count} things dropped"}
TOLD_COUNT = {"one": "1 thing to know", "other": "{count} things to know"}
LOSS_HEAD = ("where", "what becomes of it", "what it is")
AND_MORE = {"one": "{where} and {count} more", "other": "{where} and {count} more"}
EACH = "{summary} (each with its row: --markdown FILE)"
CHANGE_HEAD = ("change", "id", "where", "what")

SAFETY = "safety is not taken out: other programs have none"
TABLES, DRAFTS, VARIANTS, NEAR_MISSES, CUES = "tables", "drafts", "variants for readers", "near misses", "cues"
CONTEXT_ONLY = "answers that are meant after another alone"
SYNONYMS, FOLLOW_UPS, METADATA, OTHER_ANSWERS = "synonyms", "follow-ups", "metadata", "other wordings of the answer"
TALK_AND_OUTSIDE, CASES_LEFT = "entries of small talk and of what is not answered", "conversations and other cases"
COUNTED = "{what}: {count}"
CITED_WITHIN = "citations within the answer are left out; its sources are named once"
ROWS = "the answer reads rows of a table; what it says where no row is named goes in its place"
OUTSIDE_OUT = "what must not be answered has no place there"
TALK_OUT = "small talk has no place there"
SOURCES_JOINED = "it has several sources, of which the first goes with it, and others with its further questions"
CELL = "a cell of Excel holds it in part only: 32,767 characters, none of them a control character"
FENCE_ELSEWHERE = (
    "the answer shows code: Bot Framework's own reader ends it at the first ```; `dimchat import` does not"
)
LINES_JOINED = "the metadata {name!r} becomes one line"
OUT_OF_SCOPE = "I have no answer to that."
EXPORTED = {"one": "written to {folder}", "other": "{count} files written to {folder}"}
NEEDS_PLACE = "{format} is several files, or none of text: name where they go, dimchat export {format} {example}"
EXPORT_OF = "Export of {name} as {format}"
SITE = {
    "skip": "Skip to the answers",
    "search": "Search",
    "categories": "Categories",
    "none": "Nothing found.",
    "one": "One question found.",
    "many": "{count} questions found.",
    "contact": "Ask further:",
    "anchor": "Link to this question",
    "also": "See also:",
    "reviewed": "Reviewed",
}
"""The words of the pages of a site."""
MALFORMED_ID = "{id!r} is no id: small letters, digits and _ on both sides of one dot, each beginning with a letter"
