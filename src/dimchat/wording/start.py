"""The words of `dimchat new`."""

from __future__ import annotations

NOT_EMPTY = "{folder} is not empty: it holds {file}; name a folder that is not there yet"
NO_FOLDER = "{folder} is there and is no folder"
CANNOT_WRITE = "{folder} cannot be written: {why}"
BAD_TITLE = "the title {title!r} holds characters that cannot be printed"
PLACED = {"one": "{file}: {count} placed", "other": "{file}: {count} placed"}
MADE = "{folder}: {intents}, {phrases}, {cases}"
INTENTS = {"one": "{count} intent", "other": "{count} intents"}
PHRASES = {"one": "{count} phrase", "other": "{count} phrases"}
CASES = {"one": "{count} case", "other": "{count} cases"}
NEWEST = "{folder} has the newest format already"
NEXT_STEPS = "next: dimchat check --strict {folder}; dimchat test --pack {folder}; dimchat --pack {folder}"
NO_LANGUAGE = "{language!r} is no further language that dimchat has words in for this pack: there is {others}"
OLD_FORMAT = "{folder} is of format 1, and a further language needs format 2: dimchat upgrade"
NO_QUESTION = "the pack has no question {id!r}"
THERE_ALREADY = "{id} stands in {file} already"
ONE_FOLDER = "a new pack goes into one folder; several ids need --language"
NOT_WITH_LANGUAGE = "--title and --from-csv start a pack, and --language starts questions in one: name one of them"
DRAFTED = {
    "one": "{count} draft in {language}: {files}",
    "other": "{count} drafts in {language}: {files}",
}
DRAFT_STEPS = (
    "next: translate, take 'draft: true' out, then dimchat check{pack} and dimchat tune{pack} --language {language}"
)
