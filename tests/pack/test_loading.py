from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.errors import PackError
from dimchat.files.yaml.read import unseen
from dimchat.model import Calibration, Category, Place, Source
from dimchat.pack import inspect_pack, load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_everything_that_the_files_say_is_in_the_pack(root: Path) -> None:
    pack = load_pack(root)
    assert (pack.name, pack.title, pack.version, pack.language) == ("toy", "Toy Manager", "2026.11.24", "en")
    assert pack.default_topic == "manager"
    assert pack.categories == (Category("role", "The job"), Category("pay", "Pay", "what it brings"))
    assert (pack.wrong_cost, pack.elsewhere, pack.root) == (5.0, "", str(root))
    assert [intent.id for intent in pack.own] == [
        "manager.overview",
        "manager.pay",
        "conversation.greeting",
        "safety.emergency",
    ]
    overview = pack.intent["manager.overview"]
    assert overview.category == "role"
    assert overview.next == ("manager.pay",)
    assert [phrase.text for phrase in overview.phrases[:3]] == ["yes", "12:30", "2026-11-24"]
    assert overview.phrases[1].place == Place("intents/role.yaml", 5, 7)
    assert [phrase.text for phrase in overview.not_] == ["what is a director"]
    assert overview.place == Place("intents/role.yaml", 1, 7)
    assert pack.intent["manager.pay"].phrases[-1].text == "bonus: any?"
    assert pack.intent["safety.emergency"].cues == ("chest pain|pains", "can not .. breathe")
    assert pack.intent["safety.emergency"].unless == ("painfully slow",)
    answer = pack.answer["manager.overview"]
    assert answer.short == "Someone who leads. [@guide]"
    assert answer.text.startswith("First 1 line [@guide, page 3; @bls-ooh].\nwords")
    assert answer.text.endswith("words")
    assert (answer.reviewed, answer.review_by) == (date(2026, 11, 24), date(2027, 11, 24))
    assert answer.text_place == Place("answers/role.yaml", 4, 5)
    assert pack.wordings["conversation.greeting"] == ("Hello.", "Hi again.")
    assert pack.source["guide"] == Source(
        id="guide",
        type="webpage",
        title="The guide",
        publisher="A house",
        url="https://example.org/guide",
        issued="2020",
        accessed="2026-11-24",
        note="a note",
        place=Place("answers/sources.yaml", 1, 7),
    )
    assert pack.source["bls-ooh"].url is None
    assert pack.outside_group["outside.weather"].title == "the weather"
    assert pack.topic["manager"].names == ("manager", "boss")
    assert pack.aspect["pay"].cues == ("salary",)
    assert pack.vocabulary.synonyms == (("salary", ("wage",)),)
    assert pack.vocabulary.filler == ("please",)
    assert pack.calibration is not None
    assert (pack.calibration.floor, pack.calibration.weights, pack.calibration.found) == (
        0.5,
        (1.0, -2.5),
        (("items", "3"),),
    )


def test_categories_keep_the_order_of_the_pack_file(root: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("pack.yaml", "  role: The job\n", "")
    edit("pack.yaml", "", "  role: The job\n")
    assert [intent.id for intent in load_pack(root).browsable] == ["manager.pay", "manager.overview"]


def test_a_pack_without_what_is_optional_loads(root: Path, edit: Callable[[str, str, str], None]) -> None:
    for name in ("conversation", "safety"):
        (root / "intents" / f"{name}.yaml").unlink()
        (root / "answers" / f"{name}.yaml").unlink()
    (root / "intents" / "outside.yaml").unlink()
    (root / "intents" / "calibration.json").unlink()
    edit("pack.yaml", "default_topic: manager\n", "safety: off\nwrong_cost: 2.5\nelsewhere: >-\n  someone\n  else\n")
    pack = load_pack(root)
    assert (pack.default_topic, pack.wrong_cost, pack.elsewhere) == (None, 2.5, "someone else")
    assert (pack.outside, {one.category for one in pack.own}, pack.calibration) == ((), {"role", "pay"}, None)


def test_inspecting_gives_the_pack_when_there_are_only_warnings(root: Path) -> None:
    (root / "intents" / "calibration.json").unlink()
    pack, problems = inspect_pack(root, None)
    assert pack == load_pack(root)
    assert [(problem.rule, problem.severity) for problem in problems] == [("calibration-missing", "warning")]


def test_inspecting_gives_no_pack_when_there_are_errors(root: Path) -> None:
    (root / "pack.yaml").unlink()
    assert inspect_pack(root, None)[0] is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
        lambda text: text.strip() and "\n" not in text and not unseen(text)
    )
)
def test_any_text_comes_through_as_a_phrase(root: Path, text: str) -> None:
    group = [{"id": "outside.weather", "title": "the weather", "phrases": [f"{text}!x9"]}]
    written = yaml.safe_dump(group, allow_unicode=True, width=10_000)
    (root / "intents" / "outside.yaml").write_text(written, encoding="utf-8")
    assert [phrase.text for phrase in load_pack(root).outside[0].phrases] == [f"{text}!x9"]


NAMES = (
    "pack.yaml",
    *(f"intents/{n}.yaml" for n in ("role", "safety", "outside", "vocabulary")),
    "intents/calibration.json",
)
NAMES += tuple(f"answers/{n}.yaml" for n in ("role", "conversation", "sources"))


def survives(root: Path, name: str, data: bytes) -> None:
    whole = (root / name).read_bytes()
    (root / name).write_bytes(data)
    try:
        pack, problems = inspect_pack(root, date(2026, 11, 24))
        errors = tuple(problem for problem in problems if problem.severity == "error")
        assert (pack is None) == bool(errors)
        if pack is not None:
            assert load_pack(root) == pack
            return
        with pytest.raises(PackError) as caught:
            load_pack(root)
        assert caught.value.problems == errors
        assert str(caught.value).encode("utf-8")
    finally:
        (root / name).write_bytes(whole)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from(NAMES), st.binary(max_size=200))
def test_any_bytes_in_any_file_give_a_pack_or_problems(root: Path, name: str, data: bytes) -> None:
    survives(root, name, data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_any_damage_to_any_file_gives_a_pack_or_problems(root: Path, name: str, data: st.DataObject) -> None:
    whole = (root / name).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, min(len(whole), start + 30)))
    piece = st.sampled_from(
        [
            b"[",
            b"{",
            b": ",
            b"- ",
            b"\n",
            b"\n  ",
            b"\t",
            b"&a ",
            b"*a",
            b"!",
            b"'",
            b'"',
            b"[@",
            b"]",
            b"|",
            b"\xff",
            b"1",
            b"null",
            b"#",
        ]
    )
    survives(root, name, whole[:start] + b"".join(data.draw(st.lists(piece, max_size=4))) + whole[stop:])


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", (1, 1), "not valid JSON: expecting value"),
        ('{"floor": 0.5,\n "margin": }', (2, 12), "not valid JSON: expecting value"),
        ("[]", (1, 1), "an object belongs here, in braces"),
        ('{"digest": "",\n "floor": 1.5,\n "margin": 0}', (2, 2), "'floor' must be a number from 0 to 1"),
        ('{"digest": "",\n "floor": NaN,\n "margin": 0}', (1, 1), "not valid JSON: NaN is no number"),
        ('{"digest": "", "floor": 0.5,\n "margin": true}', (2, 2), "'margin' must be a number from 0 to 1"),
        ('{"digest": 5, "floor": 0.5, "margin": 0}', (1, 2), "'digest' must be a text"),
        (
            '{"digest": "", "floor": 0.5, "margin": 0,\n "weights": [1, "x"]}',
            (2, 2),
            "'weights' must be a list of numbers",
        ),
        (
            '{"digest": "", "floor": 0.5, "margin": 0,\n "weights": [1e999]}',
            (2, 2),
            "'weights' must be a list of numbers",
        ),
        ('{"digest": "", "floor": 0.5, "margin": 0, "found": []}', (1, 43), "'found' must be an object"),
        ('{"digest": "", "flor": 0.5, "margin": 0}', (1, 16), "unknown key 'flor'"),
        ("[" * 100_000, (1, 1), "not valid JSON: nests too deep"),
        ('{"digest": "", "floor": ' + "9" * 5000 + ', "margin": 0}', (1, 1), "not valid JSON: "),
    ],
)
def test_a_damaged_calibration_is_an_error(root: Path, text: str, place: tuple[int, int], message: str) -> None:
    (root / "intents" / "calibration.json").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(root)
    found = next(problem for problem in caught.value.problems if problem.message.startswith(message))
    assert found.place == Place("intents/calibration.json", *place)
    assert {problem.rule for problem in caught.value.problems} == {"calibration-damaged"}


def test_a_calibration_need_not_say_more_than_floor_and_margin(root: Path) -> None:
    (root / "intents" / "calibration.json").write_text('{"digest": "x", "floor": 0, "margin": 1}', encoding="utf-8")
    assert load_pack(root).calibration == Calibration(0.0, 1.0, (), "x", ())


def test_a_pack_of_full_size_loads_quickly(root: Path) -> None:
    words = [f"w{number}" for number in range(400)]
    intents, answers = [], []
    for number in range(130):
        phrases = [f"how {words[number]} {words[(number * 7 + n * 13) % 400]} {n} thing" for n in range(20)]
        intents.append({"id": f"manager.a{number}", "title": f"Title {number}", "phrases": phrases})
        answers.append({"id": f"manager.a{number}", "short": "Yes. [@guide]", "text": "word " * 100 + "[@bls-ooh]"})
    aspects = [{"id": f"a{number}", "title": "x", "cues": [f"cue {number}"]} for number in range(130)]
    topics = [{"id": "manager", "kind": "person", "names": ["manager"]}]
    shutil.copytree(root, root.parent / "full")
    for name, value in {
        "intents/role": intents,
        "answers/role": answers,
        "intents/vocabulary": {"topics": topics, "aspects": [*aspects, {"id": "pay", "title": "pay", "cues": ["pay"]}]},
    }.items():
        text = yaml.safe_dump(value, width=10_000)
        (root.parent / "full" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (root.parent / "full" / "intents" / "pay.yaml").write_text(
        (root / "intents" / "pay.yaml").read_text(encoding="utf-8").replace("manager.overview", "manager.a0"),
        encoding="utf-8",
    )
    started = time.perf_counter()
    pack = load_pack(root.parent / "full")
    took = time.perf_counter() - started
    assert len(pack.own) == 133
    # Far above what it takes, so that a busy machine does not fail it; a quadratic loader would take minutes.
    assert took < 3


def test_finding_and_naming_a_pack_reads_no_yaml(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dimchat.pack import find_pack, fingerprint\n"
        f"root = find_pack(Path({str(root)!r})); fingerprint(root)\n"
        "print(sorted({'yaml', 'rapidfuzz', 'numpy', 'json'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
