"""The words of `dimchat suggest`."""

from __future__ import annotations

VOCABULARY_OF = "Proposals for the vocabulary of {name}"
NAMES = 'names it: {count} of its {all} questions hold "{text}"'
NAMED = "names it: its category is called so"
KIND = "is of this kind, by its name"
USUAL = 'what is usually asked, "{usual}": {lines}'
TELLS = "tells {lines} from the other {others} of its topic"
AND_MORE = "{first} and {more} more"
HEAD = ("topic or aspect", "what", "words", "why")
SORTS = {"name": "names", "kind": "kind", "title": "title", "cue": "cues"}
HARM = "harms"
STANDING = "harms already"
HARM_HEAD = ("question", "without it", "with it", "through")
HARM_LINE = '{title}: "{ask}"{after} was answered by {was}, and gets {now} with {by}'
STANDING_LINE = '{title}: "{ask}"{after} gets {now}, and {was} without {by}'
AFTER = ' after "{before}"'
PROPOSED = {"one": "{count} proposal", "other": "{count} proposals"}
HARMFUL = {"one": "{count} of them harms", "other": "{count} of them harm"}
WRITTEN = {"one": "{count} written to {file}", "other": "{count} written to {file}"}
STATE = "proposed"
DONE = "written"
NOTHING = "nothing: the vocabulary has all that its phrases and titles speak for"
LEFT_OUT = "left out, since they harm: {ids}; --accept takes them by name"
NO_SUCH = "there is no proposal {id!r}{hint}"
TAKE = "next: dimchat suggest vocabulary --pack {folder} --accept-all, or --accept ID for each of them"
TUNE = "next: dimchat tune --pack {folder}"
THEN_TEST = "next: dimchat test --pack {folder}; dimchat --pack {folder}"
NOT_BOTH = "--accept-all takes them all: leave --accept out"
