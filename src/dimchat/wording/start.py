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
