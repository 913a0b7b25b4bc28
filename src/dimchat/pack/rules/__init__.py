"""The rules of a pack: their names, how grave a breach is, and what they ask for.

This small table is the one place that says so; docs/packs.md lists it, and a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dimchat.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimchat.model import Severity


class Rule(NamedTuple):
    """One thing that is asked of a pack."""

    name: str
    severity: Severity
    """An error keeps the pack from being loaded; a warning fails the strict check only, a notice nothing."""
    description: str


_ERRORS = {
    "missing-file": "every folder and file that the pack needs is there",
    "unreadable": "every file can be read, and is a regular file",
    "file-name": "a file is named STEM.yaml, the stem in lower case",
    "too-big": "no file is larger than 4 MiB, and all of them together are not larger than 64 MiB",
    "too-many-files": "the pack has at most 1,000 files, and so have its cases",
    "link-outside": "no link leads out of the pack",
    "too-deep": "lists and mappings nest no deeper than 32 levels",
    "not-utf8": "files are UTF-8",
    "control-character": "there are no control, direction or other invisible characters but those that a script needs",
    "tab": "there are no tabs",
    "yaml-syntax": "files are valid YAML",
    "empty-file": "no file is empty",
    "several-documents": "a file holds one YAML document and no directive",
    "anchor": "there are no anchors, aliases or merge keys",
    "tag": "there are no YAML tags",
    "duplicate-key": "a key stands once in a mapping",
    "unknown-key": "keys are those that docs/packs.md names",
    "missing-key": "the required keys are there",
    "wrong-type": "a text stands where a text belongs, a list where a list does",
    "flow-list": "phrases stand one a line, not in brackets",
    "empty-value": "no value is empty",
    "bad-value": "a value has the form that its key asks for",
    "bad-id": "ids have the form that their kind asks for",
    "bad-date": "dates are written YYYY-MM-DD and exist",
    "bad-citation": "a citation is written [@source] or [@source, place in it]",
    "bad-cue": "cues are written as docs/packs.md says, and the sets in them exist",
    "cues-outside-safety": "only safety and conversation intents have cues and unless",
    "duplicate-id": "an id stands once among its kind",
    "wrong-group": "conversation.yaml, safety.yaml and outside.yaml hold ids of their group, other files none of these",
    "unknown-topic": "the topic of an intent, and of `parts`, is in the vocabulary",
    "unknown-aspect": "the aspect of an intent, and of `parts`, is in the vocabulary",
    "unknown-country": "the country of `emergency` is an ISO 3166 code, and its numbers are known or given",
    "unknown-category": "every file of intents and answers is a category of pack.yaml, and the reverse",
    "unknown-intent": "ids in `next` exist",
    "unknown-source": "cited sources exist",
    "unknown-value": "values in two braces exist, and have a date where it is shown",
    "unknown-reader": "the readers of variants are in pack.yaml",
    "bad-mark": "a mark is written [words]{.estimate} or [words]{.advice}",
    "newer-format": "the format of the pack is one that this dimchat reads",
    "unknown-language": "a further language is one that dimchat has words in, and not the pack's own",
    "cited-otherwise": "an answer in a further language cites nothing that the answer in the pack's own does not",
    "unknown-rule": "`rules` in pack.yaml names rules that only warn, and limits that they have",
    "bad-logo": "logo.png is a PNG that a page can show, and pack.yaml says what it shows",
    "needs-format": "what came with format 2 stands in a pack of that format",
    "missing-answer": "every intent of a category has an answer in the file of the same name",
    "orphan-answer": "every answer has an intent in the file of the same name",
    "missing-wording": "every conversation and safety intent has its wordings",
    "orphan-wording": "every wording has a conversation or safety intent",
    "bad-table": "tables/NAME.csv has rows of as many cells as its first, which names the columns, each once",
    "bad-cell": "a cell is of its column's type",
    "unknown-table": "the table of an answer is there",
    "unknown-column": "columns are those of the table, and each is described",
    "unknown-slot": "a column of a table's key is a slot, or every answer that reads it says which cell it has",
    "unknown-slot-value": "the values of a slot that tables and groups name are its values",
    "unknown-field": "{{row.COLUMN}} and {{slot.NAME}} are a column and a slot of the answer's table",
    "undated-table": "a table has a date, or each row one, or `undated` says that it has none",
    "missing-overview": "an answer that reads one row has an `overview` for where the question names none",
    "empty-cell": "a cell that an answer shows has something in it, or its column a `missing`",
    "review-order": "review_by is not before reviewed",
    "shared-phrase": "no phrase stands in two intents, or in an intent and an outside group",
    "phrase-and-not": "no phrase of an intent is also its near miss",
    "calibration-damaged": "intents/calibration.json is whole",
}

_WARNINGS = {
    "comment-after-text": "` #` cuts a phrase: quote it, or put the comment on a line of its own",
    "uncited-figure": "a figure in an answer has a citation in its sentence or paragraph",
    "uncited-short": "the short answer has a citation",
    "short-length": "the short answer has at most 35 words",
    "text-length": "the text of an answer has 60 to 200 words",
    "unused-source": "every source is cited",
    "unused-value": "every value is shown or cited",
    "grade": "the short answers of a file read at grade 8 or less together, by Flesch and Kincaid",
    "grade-short": "no short answer reads above grade 11",
    "answer-first": "a short answer begins with the answer: no source's name and no doubt stands before it",
    "review-after-source": "an answer is reviewed when its sources and values are, not later",
    "no-as-of": "an answer about law, pay or a licence says as of when",
    "untrusted-source": "what answers lean on was read in one of the ways that pack.yaml trusts",
    "undated-reading": "a source that was read, as `page` or `copy`, says when, under `accessed`",
    "marked-figure": "what is marked as an estimate or advice holds no figure of law, dose, fee or pay",
    "missing-part": "an answer has the parts that pack.yaml asks of its kind, each under a bold label",
    "other-language": "the pack is in English, which dimchat's own words, word endings and spellings are of",
    "safety-off": "the safety of the base is not switched off",
    "faint-colour": "the colours of `look` stand out: text 4.5 to 1, edges and focus 3 to 1, in each theme",
    "words-length": "`attract` has at most two lines, and each of them and `prompt` at most 60 characters",
    "next-itself": "an intent does not suggest itself",
    "unreached": "every intent is suggested after some other",
    "expired": "no answer is past its date of review",
    "no-review-date": "answers say when they were reviewed and when they must be again",
    "image": "nothing is an image: faces show its description alone",
    "raw-html": "nothing is HTML: every face shows it as it is written",
    "placeholder": "nothing is left to fill in: {{...}}, {...}, [[...]], [name], TODO, XXX, lorem ipsum",
    "uncited-row": "an answer cites the cells that it shows, as [@row]",
    "unnamed-slot": "an answer that reads one row says whose it is, as {{slot.NAME}}",
    "undated-row": "an answer says how old the cells are that it shows, as {{row.as_of}} or by a column of dates",
    "missing-row": "a table has a row for every value of its slots",
    "unused-table": "every table is read by an answer",
    "wide-cell": "no cell is too wide for a face: 60 characters in a row, 240 in all",
    "title-length": "a title has at most 70 characters",
    "title-repeated": "no two intents have the same title",
    "title-form": "a title is a question, or a label that starts with a capital letter and has no full stop",
    "few-phrases": "an intent has at least 12 phrases, one of conversation 8",
    "many-phrases": "an intent has at most 40 phrases, those of safety excepted",
    "repeated-phrase": "a phrase stands once in its intent",
    "similar-phrases": "phrases of different intents differ by more than a letter or two",
    "near-duplicate": "no phrase says what a phrase or the title of another intent says, order and small words aside",
    "shared-slot-phrase": "phrases of different intents or outside groups differ in more than the values of slots",
    "misspelt-phrase": "no phrase makes a slip of a common word known, unless pack.yaml lists it under `misspelt`",
    "shared-name": "no two topics have the same name",
    "calibration-missing": "intents/calibration.json is there; `dimchat tune` writes it",
    "calibration-stale": "the calibration was computed from the intents as they are; `dimchat tune` does it again",
    "cited-less": "a short answer in a further language cites the sources that the pack's own does",
    "shown-otherwise": "an answer in a further language shows no value that the answer in the pack's own does not",
    "stale-translation": "an answer in a further language was compared since the pack's own was reviewed last",
    "no-cases": "tests/cases/, where it is there, holds a case",
    "few-cases": "every intent has at least four cases that stand alone",
    "case-is-phrase": "no case asks a phrase of its intent and nothing more, which would test nothing",
}

_NOTICES = {
    "untranslated": "every question has its title, phrases and answer in each further language",
}

RULES: dict[str, Rule] = {
    **{name: Rule(name, "error", text) for name, text in _ERRORS.items()},
    **{name: Rule(name, "warning", text) for name, text in _WARNINGS.items()},
    **{name: Rule(name, "notice", text) for name, text in _NOTICES.items()},
}
"""The rules by name, the gravest first."""


class Report:
    """The problems that were found so far."""

    def __init__(self) -> None:
        """Start without problems, and with no rules but dimchat's own."""
        from dimchat.pack.rules.rulings import Rulings  # noqa: PLC0415 - which needs the rules

        self._problems: list[Problem] = []
        self.rulings = Rulings()
        """What the pack makes of the rules, once its first file is read."""

    def add(self, rule: str, place: Place, message: str, hint: str | None = None) -> None:
        """Note a breach of one of the pack's rules, as grave as `RULES` says.

        Args:
            rule: A name from `dimchat.pack.rules.RULES`.
            place: Where it stands.
            message: What is wrong, without a full stop.
            hint: What was probably meant; shown as ", did you mean '...'?".
        """
        self._problems.append(Problem(RULES[rule].severity, place, message, hint, rule))

    def add_other(self, severity: Severity, rule: str, place: Place, message: str, hint: str | None = None) -> None:
        """Note a problem under a rule that is not the pack's, such as an error in a case."""
        self._problems.append(Problem(severity, place, message, hint, rule))

    def copy(self) -> Report:
        """Return one with the same problems and rulings, to which others can be added."""
        found = self.without_problems()
        found.extend(self._problems)
        return found

    def without_problems(self) -> Report:
        """Return one with the same rulings and no problems."""
        found = Report()
        found.rulings = self.rulings
        return found

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found elsewhere."""
        self._problems += problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems by file, line and column, each once."""
        return tuple(sorted(dict.fromkeys(self._problems), key=lambda problem: problem.place))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the errors alone, by file, line and column."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
