from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.quality.compare import (
    BASELINE,
    Comparison,
    baseline_text,
    compared,
    described,
    opened,
    read_baseline,
    snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]
    Edit = Callable[[str, str, str], None]


def test_a_baseline_says_the_same_as_the_pack_that_it_was_made_of(toy: Path, after: Path, edit: Edit) -> None:
    file = toy / BASELINE
    file.write_text(baseline_text(snapshot(opened(toy))), encoding="utf-8")
    before = read_baseline(file, "baseline").snapshot
    assert compared(before, opened(toy)).changes == ()
    edit("intents/shop.yaml", "    - closing time today\n", "")
    edit("answers/shop.yaml", "closes at six", "closes at seven")
    edit("intents/vocabulary.yaml", "      - refund\n", "      - refund\n      - open\n")
    kept, direct = compared(before, opened(after)), compared(opened(toy), opened(after))

    def told(comparison: Comparison) -> list[tuple[object, str, list[str]]]:
        # A baseline holds no line numbers, so a phrase that is gone has no place among the others.
        return sorted((c.question.key, c.sort, [cause.edit.kind for cause in c.causes]) for c in comparison.changes)

    assert told(kept) == told(direct)
    assert [described(one) for one in kept.edits] == [described(one) for one in direct.edits]


def test_a_baseline_is_small_in_a_review(toy: Path) -> None:
    first = baseline_text(snapshot(opened(toy)))
    cases = toy / "tests/cases/shop.yaml"
    cases.write_text("\n\n" + cases.read_text(encoding="utf-8"), encoding="utf-8")
    assert baseline_text(snapshot(opened(toy))) == first, "moved lines show nowhere"
    answers = toy / "answers/shop.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("at six", "at five"), encoding="utf-8")
    second = baseline_text(snapshot(opened(toy)))
    differing = [pair for pair in zip(first.splitlines(), second.splitlines(), strict=True) if pair[0] != pair[1]]
    assert len(differing) == 2, "the head, and the text itself"


def test_a_baseline_is_recorded_once_then_blessed_with_a_reason(toy: Path, capsys: Capture) -> None:
    base = ["--pack", str(toy), "-j", "1"]
    assert run(["diff", *base]) == 2
    assert run(["baseline", "record", *base]) == 0
    assert run(["baseline", "record", *base]) == 2
    assert run(["diff", *base]) == 0
    answers = toy / "answers/shop.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("at six", "at five"), encoding="utf-8")
    assert run(["diff", *base]) == 0, "rewording is no regression"
    assert run(["diff", *base, "--fail-on", "reworded"]) == 1
    written = (toy / BASELINE).read_bytes()
    assert run(["baseline", "bless", *base]) == 2
    assert run(["baseline", "bless", *base, "--reason", "  "]) == 2
    assert (toy / BASELINE).read_bytes() == written
    capsys.readouterr()
    assert run(["baseline", "bless", *base, "--reason", "they close\nearlier now"]) == 0
    assert "reworded" in capsys.readouterr().out
    assert run(["diff", *base, "--fail-on", "reworded"]) == 0
    blessed = read_baseline(toy / BASELINE, "b").blessings
    assert [one.reason for one in blessed] == ["they close earlier now"]
    assert blessed[0].changes["reworded"] > 0
    capsys.readouterr()
    assert run(["baseline", "bless", *base, "--reason", "again"]) == 0
    assert "nothing to bless" in capsys.readouterr().out
    assert len(read_baseline(toy / BASELINE, "b").blessings) == 1


def test_an_interrupted_blessing_changes_nothing(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = ["--pack", str(toy), "-j", "1"]
    run(["baseline", "record", *base])
    written = (toy / BASELINE).read_bytes()
    answers = toy / "answers/shop.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("at six", "at five"), encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["dimchat.quality.compare.snapshot"], "recorded", interrupted)
    assert run(["baseline", "bless", *base, "--reason", "x"]) == 130
    assert (toy / BASELINE).read_bytes() == written
    assert [path.name for path in (toy / "tests").iterdir() if path.is_file()] == ["baseline.jsonl"]


def test_faulty_cases_are_never_recorded(toy: Path, capsys: Capture) -> None:
    cases = toy / "tests/cases/shop.yaml"
    cases.write_text("- intent: shop.hour\n  ask:\n    - x\n", encoding="utf-8")
    assert run(["baseline", "record", "--pack", str(toy), "-j", "1"]) == 2
    assert "did you mean 'shop.hours'" in capsys.readouterr().err
    assert not (toy / BASELINE).exists()


def test_what_is_as_it_should_be_is_short(toy: Path) -> None:
    lines = [json.loads(line) for line in baseline_text(snapshot(opened(toy))).splitlines()]
    assert {"lines": "shop.hours", "file": "intents/shop.yaml"} in lines
    own = next(line for line in lines if isinstance(line, dict) and line.get("phrase") == "closing time today")
    assert set(own) == {"phrase", "margin"}
    turn = next(line for line in lines if isinstance(line, dict) and "then" in line)
    assert (turn["then"], turn["wants"]) == ("and the hours", "shop.hours")
    assert not {"intents", "reply", "after"} & set(turn)
    assert {"outside": "how cold is it"} in lines


def test_the_status_says_whether_the_pack_was_edited_since(toy: Path, capsys: Capture) -> None:
    base = ["baseline", "status", "--pack", str(toy)]
    assert run(base) == 2
    run(["baseline", "record", "-j", "1", "--pack", str(toy)])
    capsys.readouterr()
    assert run(base) == 0
    assert "the pack as it is" in capsys.readouterr().out
    answers = toy / "answers/shop.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("at six", "at five"), encoding="utf-8")
    assert run(base) == 0
    assert "edited since" in capsys.readouterr().out
    head = (toy / "pack.yaml").read_text(encoding="utf-8")
    (toy / "pack.yaml").write_text(head.replace("name: toy", "name: other"), encoding="utf-8")
    assert run(base) == 2
    assert "baseline of toy" in capsys.readouterr().err
    for text in ("", "{}\n", "[" * 5000, '{"schema": "other/1", "pack": "x", "version": "1", "digest": ""}\n'):
        (toy / BASELINE).write_text(text, encoding="utf-8")
        assert run(base) == 2
        assert "does not begin a baseline" in capsys.readouterr().err


@given(st.data())
def test_a_damaged_baseline_gets_a_clear_error(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    file = tmp_path_factory.mktemp("b") / "b.jsonl"
    head = '{"schema": "dimchat.baseline/1", "pack": "x", "parts": 0, "replies": 1}\n'
    lines = '{"lines": "a.b", "file": "intents/a.yaml"}\n{"phrase": "q"}\n'
    whole = (head + lines).encode()
    file.write_bytes(whole)
    assert [one.intents for one in read_baseline(file, "b.jsonl").snapshot.replies.values()] == [("a.b",)]
    cut = data.draw(st.integers(0, len(whole) - 2))
    put = data.draw(st.sampled_from([b"", b"\xff", b"[1]\n", b"null", b'{"a": 1}\n', b"[" * 5000]))
    file.write_bytes(whole[:cut] + put)
    with pytest.raises(UsageError, match="baseline"):
        read_baseline(file, "b.jsonl")
