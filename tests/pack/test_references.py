from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.errors import PackError
from dimchat.model import Place
from dimchat.pack import RULES, load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]
    Problems = Callable[[], list[str]]

ONE_FAULT = {
    "id without an aspect": (
        "intents/pay.yaml",
        "- id: manager.pay",
        "- id: manager",
        "bad-id intents/pay.yaml:1:7: 'manager' must be topic.aspect, such as library.hours",
    ),
    "unknown topic": (
        "intents/vocabulary.yaml",
        "- id: manager\n",
        "- id: manger\n",
        "unknown-topic intents/pay.yaml:1:7: unknown topic 'manager', did you mean 'manger'?",
    ),
    "unknown aspect": (
        "intents/vocabulary.yaml",
        "- id: pay\n",
        "- id: payment\n",
        "unknown-aspect intents/pay.yaml:1:15: unknown aspect 'pay'",
    ),
    "intent without answer": (
        "answers/role.yaml",
        "- id: manager.overview",
        "- id: manager.overvew",
        "missing-answer intents/role.yaml:1:7: 'manager.overview' has no answer in answers/role.yaml",
    ),
    "answer without intent": (
        "answers/role.yaml",
        "- id: manager.overview",
        "- id: manager.overvew",
        "orphan-answer answers/role.yaml:1:7: no intent has the id 'manager.overvew', did you mean 'manager.overview'?",
    ),
    "unknown source": (
        "answers/role.yaml",
        "@bls-ooh",
        "@bls-oh",
        "unknown-source answers/role.yaml:4:35: unknown source 'bls-oh', did you mean 'bls-ooh'?",
    ),
    "unknown source in short": (
        "answers/pay.yaml",
        "@bls-ooh",
        "@bls",
        "unknown-source answers/pay.yaml:2:27: unknown source 'bls'",
    ),
    "unknown next": (
        "intents/role.yaml",
        "- manager.pay",
        "- manager.pya",
        "unknown-intent intents/role.yaml:19:7: unknown id 'manager.pya', did you mean 'manager.pay'?",
    ),
    "unknown next in brackets": (
        "intents/pay.yaml",
        "[manager.overview]",
        "[manager.overview, manager.pey]",
        "unknown-intent intents/pay.yaml:16:28: unknown id 'manager.pey', did you mean 'manager.pay'?",
    ),
    "phrase in two intents": (
        "intents/pay.yaml",
        "- wages",
        "- Explain, the POSITION!",
        (
            "shared-phrase intents/pay.yaml:8:7: the phrase 'Explain, the POSITION!' of manager.pay stands also in "
            "manager.overview (intents/role.yaml:11)"
        ),
    ),
    "phrase that is a near miss": (
        "intents/role.yaml",
        "- what is a director",
        "- Yes.",
        "phrase-and-not intents/role.yaml:17:7: 'Yes.' is also a phrase of the same intent",
    ),
    "conversation without wording": (
        "answers/conversation.yaml",
        "conversation.greeting",
        "conversation.greting",
        (
            "missing-wording intents/conversation.yaml:1:7: 'conversation.greeting' has no wordings in "
            "answers/conversation.yaml"
        ),
    ),
    "wording without intent": (
        "answers/safety.yaml",
        "safety.emergency",
        "safety.emergncy",
        (
            "orphan-wording answers/safety.yaml:1:7: no intent has the id 'safety.emergncy', did you mean "
            "'safety.emergency'?"
        ),
    ),
    "a date that does not exist": (
        "answers/pay.yaml",
        "reviewed: 2026-11-24",
        "reviewed: 2026-02-30",
        "bad-date answers/pay.yaml:5:13: '2026-02-30' is not a date; write YYYY-MM-DD, such as 2026-11-24",
    ),
    "a date in another notation": (
        "answers/pay.yaml",
        "reviewed: 2026-11-24",
        "reviewed: 20261124",
        "bad-date answers/pay.yaml:5:13: '20261124' is not a date; write YYYY-MM-DD, such as 2026-11-24",
    ),
    "review_by before reviewed": (
        "answers/pay.yaml",
        "review_by: 2027-11-24",
        "review_by: 2026-11-23",
        "review-order answers/pay.yaml:1:7: review_by 2026-11-23 is before 2026-11-24",
    ),
    "default topic": (
        "pack.yaml",
        "default_topic: manager",
        "default_topic: manger",
        "unknown-topic pack.yaml:5:16: unknown topic 'manger', did you mean 'manager'?",
    ),
    "empty text": (
        "answers/pay.yaml",
        "Enough to live. [@bls-ooh]",
        "''",
        "empty-value answers/pay.yaml:2:10: a text is missing here",
    ),
    "cue with an apostrophe": (
        "intents/safety.yaml",
        "can not .. breathe",
        "can't .. breathe",
        "bad-cue intents/safety.yaml:7:7: \"can't\": write contractions out, such as 'can not' and 'do not'",
    ),
    "cues outside safety": (
        "intents/pay.yaml",
        "  next:",
        "  cues:\n    - money\n  next:",
        "cues-outside-safety intents/pay.yaml:16:3: 'cues' is for safety and conversation intents only",
    ),
    "key misspelt": (
        "intents/pay.yaml",
        "  phrases:",
        "  phrase:",
        "unknown-key intents/pay.yaml:3:3: unknown key 'phrase', did you mean 'phrases'?",
    ),
    "key missing": (
        "intents/pay.yaml",
        "  title: What does a manager earn?\n",
        "",
        "missing-key intents/pay.yaml:1:3: the key 'title' is missing",
    ),
    "kind misspelt": (
        "intents/vocabulary.yaml",
        "kind: person",
        "kind: persn",
        "bad-value intents/vocabulary.yaml:2:9: 'persn' is no usual kind of topics, did you mean 'person'?",
    ),
    "group in the wrong file": (
        "intents/pay.yaml",
        "- id: manager.pay",
        "- id: safety.pay",
        "wrong-group intents/pay.yaml:1:7: 'safety.pay' belongs in safety.yaml",
    ),
    "foreign id in conversation": (
        "intents/conversation.yaml",
        "conversation.greeting",
        "manager.greeting",
        (
            "wrong-group intents/conversation.yaml:1:7: ids in conversation.yaml start with 'conversation.', unlike "
            "'manager.greeting'"
        ),
    ),
    "category misspelt": (
        "pack.yaml",
        "  role: The job",
        "  roles: The job",
        "unknown-category intents/role.yaml:1:1: 'role' is no category of pack.yaml, did you mean 'roles'?",
    ),
    "category without a file": (
        "pack.yaml",
        "  role: The job",
        "  roles: The job",
        "missing-file pack.yaml:7:3: the category 'roles' has no intents/roles.yaml, did you mean 'role'?",
    ),
    "reserved category": (
        "pack.yaml",
        "  role: The job",
        "  role: The job\n  safety: No",
        "unknown-category pack.yaml:8:3: 'safety' is a name of its own and cannot be a category",
    ),
    "citation without brackets": (
        "answers/pay.yaml",
        "[@bls-ooh]",
        "@bls-ooh [@guide]",
        "bad-citation answers/pay.yaml:2:26: put the citation in brackets: [@bls-ooh]",
    ),
    "citation without a name": (
        "answers/pay.yaml",
        "[@bls-ooh]",
        "[@guide; @ bls-ooh]",
        "bad-citation answers/pay.yaml:2:35: '@ bls-ooh' is no citation; write [@source] or [@source, place in it]",
    ),
    "script for an address": (
        "answers/sources.yaml",
        "https://example.org/guide",
        "javascript:alert(1)",
        "bad-value answers/sources.yaml:5:8: 'javascript:alert(1)' must be an address with https://",
    ),
    "phrases in brackets": (
        "intents/outside.yaml",
        "phrases:\n    - will it rain",
        "phrases: [will it rain, x]",
        "flow-list intents/outside.yaml:3:12: a list in brackets; write one item a line, each after '- '",
    ),
    "phrase that reads as a mapping": (
        "intents/pay.yaml",
        "- wages",
        "- why: wages",
        "wrong-type intents/pay.yaml:8:7: a text belongs here, not a mapping; quote the text if it holds ': '",
    ),
    "phrase that reads as a list": (
        "intents/pay.yaml",
        "- wages",
        "- [wages]",
        (
            "wrong-type intents/pay.yaml:8:7: a text belongs here, not a list; "
            "a text that starts with '[' is put in quotes"
        ),
    ),
    "phrase of two lines": (
        "intents/pay.yaml",
        "- wages",
        '- "a\\nb"',
        "bad-value intents/pay.yaml:8:7: a text of one line belongs here",
    ),
    "text in the place of a list": (
        "intents/outside.yaml",
        "phrases:\n    - will it rain",
        "phrases: will it rain",
        "wrong-type intents/outside.yaml:3:12: a list belongs here; start each item on its own line with '- '",
    ),
    "wrong cost": (
        "pack.yaml",
        "language: en",
        "language: en\nwrong_cost: high",
        "bad-value pack.yaml:5:13: 'high' must be a number of at least 0",
    ),
    "language": (
        "pack.yaml",
        "language: en",
        "language: English",
        "bad-value pack.yaml:4:11: 'English' must be a language code such as en, did you mean 'en'?",
    ),
}


def test_a_whole_pack_has_no_problems(problems: Problems) -> None:
    assert problems() == []


@pytest.mark.parametrize("fault", ONE_FAULT.values(), ids=list(ONE_FAULT))
def test_a_fault_is_named_with_its_place(
    fault: tuple[str, str, str, str], edit: Edit, problems: Problems, root: Path
) -> None:
    *change, message = fault
    edit(*change)
    assert message in problems()
    with pytest.raises(PackError) as caught:
        load_pack(root)
    assert message.partition(" ")[2] in str(caught.value).splitlines()
    assert message.partition(" ")[0] in RULES


def test_a_phrase_of_an_outside_group_is_no_intents(edit: Edit, problems: Problems) -> None:
    edit("intents/outside.yaml", "will it rain", "What's the salary?")
    edit("intents/pay.yaml", "- what is the salary", "- whats the salary")
    assert problems() == [
        (
            'shared-phrase intents/outside.yaml:4:7: the phrase "What\'s the salary?" of outside.weather stands also '
            "in manager.pay (intents/pay.yaml:4)"
        )
    ]


def test_repeated_ids_name_the_first(edit: Edit, problems: Problems) -> None:
    edit("answers/sources.yaml", "", "- id: guide\n  type: book\n  title: Twice\n")
    edit("intents/outside.yaml", "", "- id: outside.weather\n  title: b\n  phrases:\n    - is it cold\n")
    edit("intents/vocabulary.yaml", "aspects:", "  - id: manager\n    kind: body\n    names:\n      - M\naspects:")
    edit("intents/role.yaml", "", "- id: manager.pay\n  title: b\n  phrases:\n    - q\n")
    assert [problem for problem in problems() if problem.startswith("duplicate-id")] == [
        "duplicate-id answers/sources.yaml:12:7: the id 'guide' stands already in answers/sources.yaml:1",
        "duplicate-id intents/outside.yaml:5:7: the id 'outside.weather' stands already in intents/outside.yaml:1",
        "duplicate-id intents/pay.yaml:1:7: the id 'manager.pay' stands already in intents/role.yaml:20",
        "duplicate-id intents/vocabulary.yaml:7:9: the id 'manager' stands already in intents/vocabulary.yaml:2",
    ]


def test_all_errors_come_in_one_run_and_in_order(edit: Edit, root: Path) -> None:
    edit("answers/role.yaml", "@bls-ooh", "@bls-oh")
    edit("intents/pay.yaml", "- wages", "- yes")
    edit("intents/safety.yaml", "chest pain|pains", "chest ||pain")
    edit("pack.yaml", "language: en", "langage: en")
    with pytest.raises(PackError) as caught:
        load_pack(root)
    rules = [problem.rule for problem in caught.value.problems]
    assert rules == ["unknown-source", "shared-phrase", "bad-cue", "missing-key", "unknown-key"]
    assert all(problem.severity == "error" for problem in caught.value.problems)


def test_a_broken_file_is_not_followed_by_noise_about_what_it_holds(edit: Edit, problems: Problems) -> None:
    edit("intents/vocabulary.yaml", "topics:", "topics: [")
    edit("answers/sources.yaml", "- id: guide", "- id: 'guide")
    edit("intents/role.yaml", "  phrases:", "  phrases: x: y")
    edit("answers/conversation.yaml", "  texts:", "\ttexts:")
    assert [problem.split()[0] for problem in problems()] == ["tab", "yaml-syntax", "yaml-syntax", "yaml-syntax"]


def test_an_intent_with_a_fault_is_still_known_to_others(edit: Edit, problems: Problems) -> None:
    edit("intents/pay.yaml", "  title: What does a manager earn?\n", "")
    assert problems() == ["missing-key intents/pay.yaml:1:3: the key 'title' is missing"]


def test_a_missing_answers_file_is_one_problem(root: Path, problems: Problems) -> None:
    (root / "answers/role.yaml").unlink()
    assert "missing-file answers/role.yaml:1:1: intents/role.yaml has no answers" in problems()
    assert not [problem for problem in problems() if problem.startswith("missing-answer")]


def test_a_pack_without_vocabulary_or_sources_says_so(root: Path, problems: Problems) -> None:
    (root / "intents/vocabulary.yaml").unlink()
    (root / "answers/sources.yaml").unlink()
    found = problems()
    assert "missing-file intents/vocabulary.yaml:1:1: the pack has no vocabulary" in found
    assert (
        "unknown-source answers/pay.yaml:2:27: unknown source 'bls-ooh', for there is no answers/sources.yaml" in found
    )


def test_the_place_of_a_problem_can_be_followed(edit: Edit, root: Path) -> None:
    edit("answers/pay.yaml", "    words", "    Zeile  [@nobody]\n\n    and [@guide] and [@nobody, p. 2]\n    words")
    with pytest.raises(PackError) as caught:
        load_pack(root)
    lines = (root / "answers/pay.yaml").read_text(encoding="utf-8").splitlines()
    assert [problem.place for problem in caught.value.problems] == [
        Place("answers/pay.yaml", 4, 13),
        Place("answers/pay.yaml", 6, 23),
    ]
    assert all(lines[p.place.line - 1][p.place.column - 1 :].startswith("@nobody") for p in caught.value.problems)
