"""The words of the regression tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.wording.en import plural

if TYPE_CHECKING:
    from collections.abc import Mapping


def numbered(forms: Mapping[str, str], count: int, **places: object) -> str:
    """Return a text in the plural form that a count takes; curators read English.

    >>> numbered(EDITS, 1), numbered(EDITS, 2)
    ('1 edit', '2 edits')
    """
    return forms[plural(count)].format(count=count, **places)


NO_CASES_FOLDER = "there are no cases: {folder} does not exist"
NO_CASE_THERE = "no case stands here"
NO_CASE_RUN = "no case was run: none stands there, or none was selected"
NO_CASE_FILE = "leads to no cases: there is no file that ends in .yaml; patterns such as * are for the shell to fill in"
NOT_A_CASE_FILE = "leads to no cases: a file of cases ends in .yaml"
MISNAMED_CASE_FILE = "would be left out: a file of cases ends in .yaml, so this is {name}"
NO_FILE = "no file that can be read: a link to nothing, a pipe or a device"
LINK_OUT = "a link that leads out of the pack: its cases would not be the pack's own"
TOO_DEEP = "folders lie in each other more than {most} deep"
LINK_IN_CIRCLE = "a link that leads back to a folder above it"
BESIDE_TURNS = "what stands beside the turns is expected of no reply: put it into the turn that is meant"
CANNOT_LOOK = "cannot be searched for cases: {why}"
RUNNING = "cases"
NOT_REMEMBERED = "what failed cannot be kept for --failed-first: there is no cache folder that can be written"
INTERRUPTED = "interrupted after {done} of {all}"
SLOWEST = "slowest"
PASSED = "{passed} passed, {failed} failed"
EXPECTED = ", {expected} failed as expected"

# --- facts ---

FACTS_HEAD = """\
# What each answer must say and prove: its figures, its citations and the limits that it states, asked by its title.
# `dimchat facts` says how this differs from the answers, `dimchat facts --write` brings it up to date.
"""
FACTS_ASTRAY = "{id}: its title does not lead to it, so nothing can be asked for its facts"
FACTS_SAME = "{file} is what the {answers} answers say"
FACTS_DIFFER = "{file} is not what the answers say; --write brings it up to date"

# --- baseline and diff ---

CLASS_TITLES = {
    "regression": "regression",
    "newly-declined": "newly declined",
    "newly-answered": "newly answered",
    "improvement": "improvement",
    "other": "other",
    "reworded": "reworded",
    "sources-changed": "sources changed",
    "closer-call": "closer call",
}
CLASS_ABOUT = {
    "regression": "what is expected came before, and does not now",
    "newly-declined": "it is declined now, and was not",
    "newly-answered": "it is answered now, and was declined or asked back",
    "improvement": "what is expected comes now, and did not before",
    "other": "another decision that is none of these, or other suggestions, titles or dates",
    "reworded": "the same decision in other words",
    "sources-changed": "the same decision with other citations, or other records of sources",
    "closer-call": "the same reply with a smaller margin",
}
CHANGES_OF = "Changes: {title}"
SIDES, ASKED, CAME_OUT, EDITED = "compared", "questions", "replies that differ", "edits"
OVERVIEW = "Overview"
CLASS_HEAD = ("class", "replies", "what it means")
CLASS_PLOT = "Replies that differ, by class"
CLASS, REPLIES = "class", "replies"
SEVERAL_CLASSES = "A reply may be of several classes. It is listed once, under the gravest."
CHANGE_HEAD = ("asked in", "question", "was", "now", "the likeliest cause")
ALL_EDITS = "Edits"
EDIT_HEAD = ("where", "edit", "replies it led to")
MORE_EDITS = "{count} more edits; --all shows them"
DETAILS = {
    "belongs-elsewhere": "the phrase belongs to another intent now",
    "expected-otherwise": "what the case expects was changed along with it",
    "right-both-times": "what was expected came both times",
    "wrong-both-times": "what was expected came neither time",
    "nothing-expected": "nothing was expected",
    "suggestions": "the same answer suggests other questions",
    "titles": "a suggestion has another title",
    "dates": "the dates of review differ",
}
REASONS = {
    "the-question-itself": "this very line",
    "the-id-itself": "what answered",
    "the-phrase-that-won": "the phrase that won",
    "its-words": "shares words with the question",
    "a-word-of-the-question": "a word of the question is read otherwise",
    "read-as-a-word-of-the-question": "something else is read as a word of the question now",
    "a-word-of-the-phrase-that-won": "a word of the phrase that won",
    "same-scores": "every score is as it was",
    "how-sure-is-sure-enough": "how sure is sure enough",
    "learnt-anew": "no word in common, but the matcher learnt anew",
    "safety-cue": "a cue of safety",
}
WAS, NOW, CAUSE, ASIDE, SEE, ALSO = "was", "now", "cause", "note", "see", "also"
STOOD = "stood at"
AFTER = "after"
MORE_LIKE_IT = "{count} more of this class; --all shows them"
AND_MORE = "and {count} more"
MORE_ALIKE = "and {count} more replies with this cause"
NO_CHANGES = "no reply differs"
COMPARED = "{old} -> {new}: {asked} questions, {counts}"
EDITS = {"one": "{count} edit", "other": "{count} edits"}
WITH_LINES = {"one": "{edit}, with {count} line", "other": "{edit}, with {count} lines"}
RAISED = "sources that are called better read than before, and name no later day of reading"
IDLE_EDITS = "without effect on any reply"
OLD_CALIBRATION = (
    "the calibration of {side} was found before intents/ changed: how sure a reply is may be off; "
    "run dimchat tune{pack}"
)
VAIN = "{place}: {message}; the case is asked all the same"
NO_BASELINE = "there is no baseline: {file} does not exist; dimchat baseline record{pack} makes one"
BASELINE_EXISTS = "{file} exists; look at dimchat diff{pack}, then dimchat baseline bless{pack} --reason WHY"
RECORDED = "{file}: {replies} replies recorded"
BLESSED = "{file}: {replies} replies recorded; {counts}"
UP_TO_DATE = "{file}: the replies of the pack as it is, version {version}"
EDITED_SINCE = (
    "{file}: the pack was edited since (then version {version}); dimchat diff{pack} shows which replies "
    "differ, dimchat baseline bless{pack} --reason WHY keeps them"
)
NOTHING_TO_BLESS = "{file} is as it would be: there is nothing to bless"
NO_REASON = "a blessing needs a reason: --reason 'why these replies are right now'"
OTHER_PACK = "{file} is the baseline of {was}, and this pack is {now}"
UNKNOWN_CLASS = "there is no class {name!r}{hint}; there are {names}, and none"

# --- coverage ---

LIMIT_WORDS = (
    r"\bno (?:sound |good |other )?sources?\b",
    r"\bnone of the sources\b",
    r"\bsources?\b[^.]*\b(?:do|does) not (?:say|give|tell|name|cover)\b",
    r"\bnot (?:covered|given|said|answered) here\b",
    r"\bno (?:sound |official )?figures?\b",
)
"""How an answer says what it cannot tell: regular expressions."""
COVERED = {
    "intents": "intents",
    "phrases": "phrases that won",
    "follow-ups": "suggestions that were followed",
    "topics": "topics by aspect, after another question",
    "sources": "sources",
    "options": "choices that were offered",
    "rows": "rows of tables",
    "limits": "limits that an answer says",
    "pairs": "pairs told apart",
}
UNTOUCHED = {
    "intents": "no case reaches these intents",
    "phrases": "no case is answered because of these phrases",
    "follow-ups": "no conversation goes this way",
    "topics": "no conversation comes to these from another question",
    "sources": "no case comes to an answer that cites these",
    "options": "no case is offered these as a choice",
    "rows": "no case is answered with these rows",
    "limits": "no case wants the words with which an answer says its limits (contains, matches)",
    "pairs": "no case tells these apart",
}
COVERAGE_OF = "Coverage: {title}"
PACK, KIND, SHARE_TOUCHED = "pack", "kind", "share that a case touches"
COVER_PLOT = "What a case touches"
COVER_HEAD = ("what", "touched", "of", "share")
TARGET_HEAD = ("where", "what")
CONFUSABLE = "Intents that are easily taken for each other"
PAIR_HEAD = ("pair", "worst phrase", "astray", "told apart by")
MORE_UNTOUCHED = "and {count} more; --all shows them"
PAIR = "{one} / {other}  {astray} of {phrases} phrases go astray when they are held out"
PAIR_SINGLE = "{pair}; {kept} could not be held out, being all that their intent has"
_FOUND_AGAIN = "a phrase word for word, which tells that it is found again, not that other words for it are understood"
VERBATIM = {
    "one": f"{{count}} of the {{all}} cases that pass asks {_FOUND_AGAIN}",
    "other": f"{{count}} of the {{all}} cases that pass ask {_FOUND_AGAIN}",
}
PAIR_WORST = "worst"
PAIR_TOLD = "told apart"
PAIR_MISSING = "wanted"
PAIR_WANTED = "a case that expects {one} where {other} is near"
SAID_IN = "said in a further language: {language}"
SAID_ASKED, SAID_ANSWERED, SAID_REACHED = (
    "questions with phrases",
    "questions with an answer",
    "reached by a case in it",
)
SAID_OUTSIDE = {
    "one": "{count} group of what must not be answered, beside those of the base",
    "other": "{count} groups of what must not be answered, beside those of the base",
}
SAID_TOPICS = "topics without a name of its own: {count} ({ids})"
SAID_ASPECTS = "aspects that no cue of it asks for: {count} ({ids})"
SAID_LACKS = "what falls back to the pack's own language, or is not found:"
SAID_NO_PHRASES, SAID_NO_ANSWER = "no phrases", "no answer"
SAID_HEAD = ("where", "question", "lacks")
TOO_LITTLE = "{kind}: {percent:.1f} % is less than {least:g} %"

# --- what the check cannot do ---

NO_GRADE = "no grade was worked out: {why}"

# --- what is due ---

DUE = "due within {days} days: {count}"
NOTHING_DUE = "nothing is due within {days} days"
DRAFTS = "drafts, which are not shown: {count} ({ids})"

# --- addresses of sources ---

LINKS = "addresses asked: {count}; dead, moved or out of reach: {bad}"
LINKS_ALONE = "none could be reached: is this machine connected?"
LINK_LOCAL = "of this machine or its network; not asked without --local"
LINK_CIRCLE = "it leads in a circle, or over more than {most} others"
