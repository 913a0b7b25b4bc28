"""The base under every pack, the words of a pack, its language and its country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from dimchat.dialogue.understand.cues import Cues
from dimchat.errors import PackError
from dimchat.index import open_assistant
from dimchat.index.prebuilt import lessons
from dimchat.language.patterns import cue_fault, set_fault
from dimchat.language.tokens import words
from dimchat.model import SAFETY, Words
from dimchat.pack import base, inspect_pack, load_pack
from dimchat.pack.from_files import draft_of
from dimchat.pack.rules import Report
from dimchat.pack.rules.tags import language_fault
from dimchat.wording import BASE_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], None]

EMERGENCY = "safety.emergency"


def head(toy: Path, text: str) -> Path:
    with (toy / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write(text)
    return toy


def rules(root: Path) -> set[str]:
    return {problem.rule for problem in inspect_pack(root, None)[1]}


def test_every_pack_is_lent_the_base_and_no_file_of_it(toy: Path) -> None:
    pack = load_pack(toy)
    lent = pack.intent[EMERGENCY]
    assert lent.lent
    assert lent not in pack.own
    assert str(lent.place).startswith("base:intents/safety.yaml:")
    assert "local emergency number" in pack.wordings[EMERGENCY][0]
    assert not (toy / "intents" / "safety.yaml").exists()


def test_nothing_about_the_base_is_a_problem_of_the_pack(toy: Path) -> None:
    assert not [problem for problem in inspect_pack(toy, None)[1] if problem.place.file.startswith("base:")]


def test_an_intent_of_the_same_id_takes_its_place(toy: Path) -> None:
    own = {
        "intents/safety.yaml": [{"id": EMERGENCY, "title": "Help", "phrases": ["it burns"], "cues": ["burns"]}],
        "answers/safety.yaml": [{"id": EMERGENCY, "texts": ["Ring the bell."]}],
    }
    for name, entries in own.items():
        (toy / name).write_text(yaml.safe_dump(entries), encoding="utf-8")
    pack = load_pack(toy)
    assert [intent.cues for intent in pack.intents if intent.category == SAFETY] == [("burns",)]
    assert pack.wordings[EMERGENCY] == ("Ring the bell.",)


def test_another_safety_intent_stands_beside_it(toy: Path) -> None:
    own = {
        "intents/safety.yaml": [{"id": "safety.lost_child", "title": "Lost", "phrases": ["i lost my son"]}],
        "answers/safety.yaml": [{"id": "safety.lost_child", "texts": ["Go to the desk."]}],
    }
    for name, entries in own.items():
        (toy / name).write_text(yaml.safe_dump(entries), encoding="utf-8")
    found = [intent.id for intent in load_pack(toy).intents if intent.category == SAFETY]
    assert found == ["safety.lost_child", EMERGENCY]


def test_it_is_found_by_cues_and_not_learnt(toy: Path) -> None:
    pack = load_pack(toy)
    assert EMERGENCY not in lessons(pack)["intents"]
    assert pack.vocabulary.sets == ()
    cues = Cues(pack, SAFETY)
    assert [phrase.text for phrase in pack.intent[EMERGENCY].phrases if cues.find(words(phrase.text)) is None] == []


def test_it_answers_whatever_the_pack_is_about(toy: Path) -> None:
    assistant = open_assistant(toy)
    reply, _ = assistant.ask("help, my dad passed out and won't wake up")
    assert (reply.kind, reply.intents) == ("safety", (EMERGENCY,))


def test_it_can_be_switched_off_and_the_check_warns(toy: Path) -> None:
    assert "safety-off" not in rules(toy)
    pack = load_pack(head(toy, "safety: off\n"))
    assert not [intent for intent in pack.intents if intent.category == SAFETY]
    assert "safety-off" in rules(toy)


def test_the_digest_knows_it_and_what_is_learnt_does_not(toy: Path) -> None:
    before = load_pack(toy)
    head(toy, "emergency:\n  country: GB\n")
    abroad = load_pack(toy)
    off = load_pack(head(toy, "safety: off\n"))
    assert len({before.digest, abroad.digest, off.digest}) == 3
    assert before.learning_digest == abroad.learning_digest == off.learning_digest


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("country: US", ["call 911 now", "call 988", "numbers of the United States"]),
        ("country: GB", ["call 999 now", "call 116 123"]),
        ("country: GB\n  numbers: [112]", ["call 112 now", "call the same number"]),
        ("country: IN\n  numbers:\n    - 112\n    - 14416\n    - 1800 89 14416", ["112 now", "14416 or 1800 89 14416"]),
    ],
)
def test_it_names_the_numbers_of_the_country(toy: Path, key: str, parts: list[str]) -> None:
    texts = load_pack(head(toy, f"emergency:\n  {key}\n")).wordings[EMERGENCY]
    assert all(part in texts[0] for part in parts)
    assert not any(mark in text for text in texts for mark in "{}")


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("country: UK", "did you mean 'GB'?"),
        ("country: Germany", "did you mean 'DE'?"),
        ("country: ZZ", "'ZZ' is no country code"),
        ("country: IN", "the numbers of IN are not known"),
        ("country: US\n  numbers: [call us]", "'call us' must be a telephone number"),
        ("numbers: [112]", "the key 'country' is missing"),
    ],
)
def test_a_country_that_is_none_is_named(toy: Path, key: str, part: str) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(head(toy, f"emergency:\n  {key}\n"))
    assert part in str(caught.value)


ALARMS = [
    "i can't breathe",
    "I think my dad is having a heart attack",
    "someone collapsed by the entrance",
    "she passed out and won't wake up",
    "my son swallowed a battery",
    "i took too many pills",
    "i want to kill myself",
    "I don't want to live anymore",
    "my friend is going to end her life",
    "there is a man with a gun, he has a gun",
    "there's smoke pouring out of the stairs",
    "call an ambulance",
    "my husband hit me",
    "my roommate od'd",
    "someone overdosed in the restroom",
]
CALM = [
    "when do you open",
    "how much is a fire extinguisher inspection",
    "do you have books about heart attacks",
    "is there an emergency exit",
    "what is the emergency contact form for",
    "I'm dying to see the exhibition",
    "how do i end my membership",
    "kill a process in linux",
    "can i take the stairs",
    "my phone died",
    "do you cover cancer",
    "first aid course dates",
    "where is the smoking area",
    "can i bring my baby",
    "what happens if i lose my card",
    "is the blood drive on sunday",
    "shoot me an email",
    "a chest of drawers",
    "how od i renew my card",
    "od you have a map",
    "what time od they open",
    "a friend of mine wants two od those",
]


def test_its_cues_hear_an_alarm_and_leave_other_questions_alone(toy: Path) -> None:
    cues = Cues(load_pack(toy), SAFETY)
    assert [text for text in ALARMS if cues.find(words(text)) is None] == []
    assert [text for text in CALM if cues.find(words(text)) is not None] == []


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_its_files_are_a_packs_files(language: str) -> None:
    report = Report()
    names = ("intents/vocabulary.yaml", "intents/safety.yaml", "intents/outside.yaml")
    draft = draft_of(names, {name: (base.FOLDER / language / name).read_bytes() for name in names}, report)
    assert report.problems == ()
    sets = dict(draft.vocabulary.sets)
    cues = [cue for entry in draft.intents for cue in (*entry.intent.cues, *entry.intent.unless)]
    assert [fault for fault in [cue_fault(cue, sets) for cue in cues] if fault] == []
    assert [fault for fault in [set_fault(name, sets) for name in sets] if fault] == []


def test_a_pack_speaks_in_its_own_words(toy: Path) -> None:
    assert load_pack(toy).words == Words()
    assert not {"words-length"} & rules(toy)
    own = ("welcome: Welcome to us.", "attract:\n    - Looking for a bear?\n    - Ask", "prompt: Ask", "help: Ask.")
    assert load_pack(head(toy, "\n  ".join(("words:", *own)) + "\n")).words == Words(
        "Welcome to us.", ("Looking for a bear?", "Ask"), "Ask", "Ask."
    )


@pytest.mark.parametrize(
    ("own", "part"),
    [
        ("attract:\n    - a\n    - b\n    - c", "shows 2 lines"),
        (f"attract: {'w' * 61}", "61 characters; 60 is the most"),
        (f"prompt: {'w' * 61}", "61 characters; 60 is the most"),
    ],
)
def test_words_that_do_not_fit_are_named(toy: Path, own: str, part: str) -> None:
    _, found = inspect_pack(head(toy, f"words:\n  {own}\n"), None)
    assert [problem.rule for problem in found if part in problem.message] == ["words-length"]


def test_a_word_that_is_none_of_them_is_named(toy: Path) -> None:
    with pytest.raises(PackError, match="did you mean 'welcome'"):
        load_pack(head(toy, "words:\n  welcom: Hello\n"))


@pytest.mark.parametrize("tag", ["en", "en-GB", "de", "pt-BR", "zh-Hant-TW", "es-419", "sr-Latn", "fil", "ca-valencia"])
def test_a_tag_of_a_language_is_taken(tag: str) -> None:
    assert language_fault(tag) == (False, None)


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("English", "en"),
        ("deutsch", "de"),
        ("eng", "en"),
        ("EN", "en"),
        ("en_US", "en-US"),
        ("pt-br", "pt-BR"),
        ("en-UK", "en-GB"),
        ("jp", "ja"),
        ("xx", None),
        ("klingon", None),
        ("", None),
        ("en\nfr", None),
    ],
)
def test_what_is_no_tag_is_refused_with_what_was_meant(tag: str, meant: str | None) -> None:
    wrong, found = language_fault(tag)
    assert wrong
    assert meant is None or found == meant


def test_another_language_is_taken_with_a_warning_of_what_does_not_work(toy: Path, edit_toy: Edit) -> None:
    edit_toy("pack.yaml", "language: en", "language: de-AT")
    pack, problems = inspect_pack(toy, None)
    assert pack is not None
    (found,) = (problem for problem in problems if problem.rule == "other-language")
    assert "'de-AT'" in found.message
    assert found.severity == "warning"
    edit_toy("pack.yaml", "language: de-AT", "language: en-GB")
    assert "other-language" not in rules(toy)


@pytest.fixture
def edit_toy(toy: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> None:
        text = (toy / name).read_text(encoding="utf-8")
        assert old in text
        (toy / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def test_a_pack_does_without_what_it_names_and_a_name_that_is_none_is_refused(toy: Path) -> None:
    head(toy, "format: 2\nwithout: [conversation.complaint, outside.computers]\n")
    pack = load_pack(toy)
    assert "conversation.complaint" not in pack.intent
    assert "conversation.goodbye" in pack.intent
    assert "outside.computers" not in {group.id for group in pack.general}
    text = (toy / "pack.yaml").read_text(encoding="utf-8")
    (toy / "pack.yaml").write_text(text.replace("conversation.complaint", "conversation.complain"), encoding="utf-8")
    with pytest.raises(PackError, match=r"did you mean 'conversation\.complaint'"):
        load_pack(toy)


def test_texts_alone_replace_the_texts_of_the_base(toy: Path) -> None:
    file = toy / "answers" / "conversation.yaml"
    before = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    before.append({"id": "conversation.goodbye", "texts": ["Off you go."]})
    file.write_text(yaml.safe_dump(before), encoding="utf-8")
    assistant = open_assistant(toy)
    assert assistant.ask("bye bye")[0].text == "Off you go."


def test_lines_from_outside_yield_to_what_a_pack_answers() -> None:
    groups = {group.id: [line.text for line in group.phrases] for group in base.outside_of("en")}
    assert "how much is a train ticket" in groups["outside.weather_travel"]
    left = base.yielding(base.outside_of("en"), ["when does the train to the lake leave"])
    assert "how much is a train ticket" not in [line.text for group in left for line in group.phrases]
    assert len(left) == len(groups)


def test_every_word_of_a_large_pack_is_heard() -> None:
    lines = [f"word{number} of many" for number in range(200)] + ["the train"]
    left = base.yielding(base.outside_of("en"), lines)
    assert "how much is a train ticket" not in [line.text for group in left for line in group.phrases]


def test_a_pack_suggests_first_what_it_says(toy: Path) -> None:
    assert load_pack(toy).first == ("overview",)
    assert load_pack(head(toy, "format: 2\nfirst: [pay, overview]\n")).first == ("pay", "overview")
