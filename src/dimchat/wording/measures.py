"""The words of `check`, `robustness`, `evaluate`, `new` and of reports."""

from __future__ import annotations

NEEDS_EXTRA = "this needs {module}, which is not installed: pip install 'dimchat[{extra}]'"
CONTENTS = "Contents"
PACK = "pack"
WRITTEN = "wrote {file}"
NOT_LEARNT_AGAIN = "nothing that is learnt has changed since it was tuned; it is not learnt again"
LINK_OUT = "{file} is a link, or lies behind one, that leads out of the pack: put what it leads to there"
CANNOT_WRITE = "{file} cannot be written: {why}"
NOT_WRITABLE = "nothing may be written into {folder}"
PACK_HERE = "the pack of this folder, {folder}"
PACK_CARRIED = "the pack that dimchat carries, {folder}; --pack DIR names another"
PACK_INSTALLED = (
    "{folder} is part of the installation, and the next one would undo the change: go to the folder of your own pack, "
    "or name it with --pack DIR (dimchat new DIR starts one)"
)
NONE_TRIED = "no case could be varied: none stands there, none passes by itself, or none fits"
UNKNOWN_KIND = "there is no kind {name!r}; there are {known}"
BAD_LEAST = "--min takes per cent from 0 to 100, or KIND=PERCENT, not {given!r}"
TOO_LOW = "{kind}: {share:.1f} % of the variants hold, fewer than the {least:g} % that --min asks for"

# --- robustness ---

ROBUSTNESS = "Robustness: {title}"
SEED = "seed"
CASES = "cases varied"
LEFT_OUT = "cases left out"
LEFT_OUT_WHY = "{number} (in a conversation, failing, or expected to fail)"
VARIANTS = "Variants"
KIND_HEAD = ("kind", "what it does", "the answer", "variants", "holds", "offered", "silent", "wrong")
KIND_ABOUT = {
    "case": "capitals everywhere, nowhere, or on each word",
    "punctuation": "marks left out, doubled, or added",
    "typo": "one letter hit beside the right key",
    "doubled": "one letter typed twice",
    "dropped": "one letter left out",
    "swapped": "two letters in each other's place",
    "politeness": "a greeting, a please, a thank you",
    "word-order": "the last part of the sentence said first",
    "spelling": "British for American, American for British",
    "dictation": "spoken: no marks, no capitals, a filler first",
    "negation": "the question refused, or its verb denied",
    "roles": "two topics in each other's place",
    "other-topic": "another topic of the same kind instead",
    "other-row": "another value of a slot instead",
}
KEPT, CHANGED = "stays", "changes"
KIND_NOTE = (
    "Holds: the expected answer came, or, where it must change, did not come. Offered: it was among the choices. "
    "Silent: other choices, or a decline. Wrong: another answer, or the same one where it must not come."
)
SHARE_BY_KIND = "Share of variants for which it holds"
KIND, SHARE = "kind", "share"
WORST = "Worst examples"
WORST_OF = "{kind}"
EXAMPLE = "{place}  {ask}\n  asked as  {variant}\n  got       {got}"

# --- evaluate ---

EVALUATION = "Evaluation: {title}"
METHOD = "held out"
METHODS = {
    "folds": "{parts} parts of the phrases and outside lines, each asked of a matcher that learnt the others",
    "each": (
        "one line of every intent at a time, in {parts} rounds: leave-one-out, but for the line that every other "
        "intent lacks as well"
    ),
    "exact": "one line at a time, {parts} rounds: leave-one-out as it is defined",
    "author": "all lines of one author at a time, {parts} rounds: how it answers people that it has not heard",
}
LINES = "lines"
LINES_OF = "{inside} phrases of {intents} intents, {outside} outside lines of {groups} groups"
FLOOR_MARGIN = "floor, margin"
NO_CALIBRATION = "{floor:g}, {margin:g} (the pack has no calibration that fits; run dimchat tune{pack})"
HARD = (
    "A phrase that is held out is harder than a new question: phrases are gathered to be unlike each other. "
    "These figures compare packs and find weak places; what people will meet is nearer to a blind set."
)
OVERALL = "Replies to held-out lines"
OVERALL_HEAD = ("lines", "n", "right", "offered", "silent", "wrong")
INSIDE, OUTSIDE = "of intents", "outside"
OF_SEVERAL, OF_ONE = "of intents with others", "of intents with no other"
_CANNOT_TELL = (
    "held out, nothing of it is left to be found, so it cannot be right, and that says nothing about how people's "
    "words for it are understood. What follows the first table leaves it out. A second phrase, a blind set (--blind) "
    "or the journal (dimchat insights) can tell."
)
ONE_LINE = {
    "one": f"{{count}} intent has one line and no other, its title counted: {_CANNOT_TELL}",
    "other": f"{{count}} intents have each one line and no other, the title counted: {_CANNOT_TELL}",
}
OVERALL_NOTE = "For outside lines, an answer is wrong; all else is right, small talk and a warning about safety too."
AVERAGE_HEAD = ("average", "precision", "recall", "F1")
AVERAGES = "Over intents"
AVERAGE_NAMES = {"macro": "macro: each intent counts the same", "micro": "micro: each line counts the same"}
BY_INTENT = "By intent"
BY_INTENT_HEAD = ("intent", "lines", "precision", "recall", "F1", "answered for others", "where")
BY_INTENT_NOTE = "The weakest first. Precision: which share of what it answered was its own."
CONFUSIONS = "Who is taken for whom"
CONFUSION_HEAD = ("lines of", "ranked as", "n", "answered so", "the surest", "where")
CONFUSION_NOTE = "By the ranking; the last but one number says how often the wrong one was even answered."
CONFIDENCE = "Confidence"
HISTOGRAM = "How sure it was, where an intent was ranked first"
HISTOGRAM_NAMES = {"right": "right", "wrong": "wrong intent", "outside": "out of scope"}
ACROSS_CONFIDENCE, LINES_UP = "confidence, from", "lines"
RELIABILITY = "Reliability: how often it was right when it was so sure"
SHARE_RIGHT = "share right"
MEAN_CONFIDENCE = "mean confidence"
CALIBRATION_ERROR = (
    "Expected calibration error over ten bins: {error:.3f}. The size of a point is the number of lines. The "
    "confidences come from the pack's calibration, whose few coefficients were fitted on lines held out likewise."
)
SWEEP = "Floor and margin"
SWEEP_COST = "Cost of each floor and margin (shades by the square root)"
SWEEP_HEAD = ("floor", "margin", "right", "wrong", "outside answered", "cost", "")
SWEEP_TABLE = "Floors beside the chosen one, at its margin"
CHOSEN, CHEAPEST = "chosen", "least cost here"
FLOOR, MARGIN = "floor", "margin"
SWEEP_NOTE = (
    "By the ranking alone; the dialogue answers a little more, where the vocabulary agrees. Cost: a silent reply 1, a "
    "wrong one {cost:g}, counted as dimchat tune does."
)
BLIND = "Blind set {name}"
BLIND_HEAD = ("group", "n", "right", "offered", "silent", "wrong")
BLIND_WRITTEN, BLIND_MISSPELT = "As written", "With slips of the finger, seed {seed}"
ALL_GROUPS = "all"
BLIND_LEFT_OUT = "{number} questions are learnt lines, word for word, and left out."
BLIND_REVEALED = "Not right (looking at them retires the set)"
COMPARED = "Compared"
COMPARED_WITH = "compared with"
COMPARED_HEAD = ("asked", "n", "this", "other", "only this", "only other", "other - this", "95% interval", "p")
COMPARED_NOTE = (
    "p: McNemar's exact test, two-sided, over the questions that only one of the two got right. Interval: bootstrap of "
    "whole intents, 10,000 draws, by percentiles."
)
HELD_OUT_RANKING = "held-out phrases, first rank"
HELD_OUT_REPLY = "held-out phrases that both packs have, reply"
CASES_REPLY = "cases, reply"
ONE_WAY = "--folds, --leave-one-out, --exact and --by-author exclude each other"
NO_AUTHORS = "no phrase of the pack names its author (`by:`, see docs/packs.md)"
NOTHING_LEARNT = "the pack has no phrases to hold out"
TOO_FEW = "--folds must be at least 2"
REVEAL_WHAT = "--reveal needs a blind set: --blind FOLDER"
PROGRESS = "held out"

# --- check ---

CHECK_OF = "Check: {name}"
ERROR_COUNT = {"one": "{count} error", "other": "{count} errors"}
WARNING_COUNT = {"one": "{count} warning", "other": "{count} warnings"}
NOTICE_COUNT = {"one": "{count} notice", "other": "{count} notices"}
BEFORE = {"error": "", "warning": "warning: ", "notice": "notice: "}
"""What stands before a problem on its line, by how grave it is."""
ERRORS, WARNINGS, NOTICES = "Errors", "Warnings", "Notices"
NO_PROBLEMS = "Nothing is wrong."
TUNE_NEXT = "next: dimchat tune{pack}"
RULE_HEAD = ("how grave", "rule", "n", "what it asks for")
PROBLEM_HEAD = ("where", "rule", "what is wrong")

# --- tune ---

NOTHING_ASKED = (
    "too little: no intent has two different phrases, so that nothing could be asked; all values are those that ship"
)
FEW_ASKED = (
    "too little: {count} questions could be asked, {least} settle floor and margin; they are {own:.0%} its own, "
    "the rest is what ships"
)
NO_OUTSIDE = (
    "too little: no line of intents/outside.yaml could be asked, so that the floor is not below the one that ships"
)
CALIBRATION_OF = "Calibration: {name}"
OVERALL_CALIBRATION = "Values"
CALIBRATION_HEAD = ("value", "now", "before")

# --- reports of a run of cases ---

RUN = "Cases: {title}"
ITEMS = "items"
CAME = "came out"
FILE = "file"
PASSED, FAILED, XFAILED = "passed", "failed", "failed as expected"
PASSED_FAILED = "{passed} passed, {failed} failed, {xfailed} failed as expected"
BY_FILE = "By file"
BY_FILE_HEAD = ("file", "items", "passed", "failed", "failed as expected")
FAILURES = "Failures"
NO_FAILURES = "Every case passed, or failed as expected."
EXPECTED_FAILURES = "Failed as expected"
EXPECTED_HEAD = ("case", "question", "why")
BY_FILE_PLOT = "Items by file"
