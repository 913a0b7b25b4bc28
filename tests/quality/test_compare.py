from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.errors import UsageError
from dimchat.pack import load_pack
from dimchat.quality.compare import (
    BASELINE,
    Comparison,
    baseline_text,
    compared,
    described,
    opened,
    read_baseline,
    snapshot,
    to_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]
    WriteFiles = Callable[[Path, Mapping[str, str]], None]
    Edit = Callable[[str, str, str], None]
    Compare = Callable[[], Comparison]


@pytest.fixture
def after(toy: Path, tmp_path: Path) -> Path:
    """A copy of the toy pack, to be edited."""
    copy = tmp_path / "after"
    subprocess.run(["cp", "-r", str(toy), str(copy)], check=True)
    return copy


@pytest.fixture
def edit(after: Path) -> Edit:
    """Replaces a text that stands once in a file of the copy."""

    def replace(name: str, old: str, new: str) -> None:
        text = (after / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (after / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def compare(toy: Path, after: Path) -> Compare:
    return lambda: compared(opened(toy), opened(after))


def edits(comparison: Comparison) -> list[str]:
    return [f"{edit.place.file}:{edit.place.line} {described(edit)}" for edit in comparison.edits]


def test_an_untouched_copy_differs_in_nothing(compare: Compare) -> None:
    found = compare()
    assert (found.changes, found.edits) == ((), ())
    assert "no reply differs" in to_text(found)


def test_a_changed_figure_is_reworded_and_placed_on_its_line(edit: Edit, compare: Compare) -> None:
    edit("answers/shop.yaml", "opens at nine and closes at six", "opens at ten and closes at six")
    found = compare()
    assert {change.sort for change in found.changes} == {"reworded"}
    assert {change.new.intents for change in found.changes} == {("shop.hours",)}
    place = found.changes[0].causes[0].edit.place
    assert (place.file, place.line, place.column) == ("answers/shop.yaml", 4, 23)


def test_a_dropped_citation_is_a_change_of_sources(edit: Edit, compare: Compare) -> None:
    edit("answers/shop.yaml", " [@sign, back]", "")
    found = compare()
    assert {change.sort for change in found.changes} == {"sources-changed"}
    assert edits(found) == ['answers/shop.yaml:8 citation "sign, back" removed from shop.returns']


def test_a_citation_before_a_colon_is_a_change_of_sources(toy: Path, after: Path, compare: Compare) -> None:
    for root, cited in ((toy, " [@sign, list]"), (after, "")):
        answers = root / "answers/shop.yaml"
        text = answers.read_text(encoding="utf-8").replace(
            "    Bring the toy", f"    **Three steps**{cited}:\n\n    Bring the toy"
        )
        answers.write_text(text, encoding="utf-8")
    assert {change.sort for change in compare().changes} == {"sources-changed"}


READINGS = {
    "raised": ("reported", "page", "2026-11-01", True),
    "read again": ("reported", "page", "2026-11-24", False),
    "an older day": ("unseen", "copy", "2026-10-01", True),
    "lowered": ("page", "copy", "2026-11-01", False),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_source_is_not_called_better_read_without_a_reading(
    toy: Path, after: Path, capsys: Capture, name: str
) -> None:
    before, now, day, told = READINGS[name]
    for root, read, accessed in ((toy, before, "2026-11-01"), (after, now, day)):
        for file, old, new in (
            ("pack.yaml", "name: ", "format: 2\nname: "),
            ("answers/sources.yaml", "  title: The sign", f"  read: {read}\n  accessed: {accessed}\n  title: The sign"),
        ):
            text = (root / file).read_text("utf-8")
            (root / file).write_text(text.replace(old, new, 1), "utf-8")
    assert run(["diff", str(toy), "--pack", str(after)]) == told
    out = capsys.readouterr().out
    assert ("better read than before" in out) == told
    assert (f'read of source sign changed: "{before}" is now "{now}"' in out) == (told or name != "raised")
    assert run(["diff", str(toy), "--pack", str(after), "--fail-on", "none"]) == 0


def test_a_changed_record_of_a_source_changes_what_is_cited(edit: Edit, compare: Compare) -> None:
    edit("answers/sources.yaml", "The sign on the door", "The sign in the window")
    found = compare()
    assert {change.sort for change in found.changes} == {"sources-changed"}
    assert found.changes[0].causes[0].edit.place[:2] == ("answers/sources.yaml", 3)


def test_an_edit_of_a_value_moves_the_answers_that_show_it_and_nothing_else(
    toy: Path, after: Path, edit: Edit, compare: Compare, capsys: Capture
) -> None:
    for root in (toy, after):
        (root / "answers/values.yaml").write_text("- {id: open, value: nine, source: sign, as_of: 2025}\n", "utf-8")
        for name, old, new in (
            ("pack.yaml", "name: toy", "format: 2\nname: toy"),
            ("answers/shop.yaml", "opens at nine and closes at six", "opens at {{open}} and closes at six [@open]"),
        ):
            file = root / name
            file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    edit("answers/values.yaml", "nine", "ten")
    found = compare()
    assert edits(found) == ['answers/values.yaml:1 value open changed: "nine" is now "ten"; in shop.hours']
    assert {change.sort for change in found.changes} == {"reworded"}
    assert {(change.new.kind, change.new.intents) for change in found.changes} == {("answer", ("shop.hours",))}
    assert {cause.edit.kind for change in found.changes for cause in change.causes} == {"value"}
    assert run(["facts", "--json", "--pack", str(after)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {name: listed[name] for name in ("id", "value", "as_of", "answers")} == {
        "id": "open",
        "value": "ten",
        "as_of": "2025",
        "answers": ["shop.hours"],
    }


def test_a_case_that_wants_words_makes_rewording_a_regression(edit: Edit, compare: Compare, toy: Path) -> None:
    case = "- intent: shop.hours\n  contains: at nine\n  ask:\n    - until when are you open today\n"
    edit("tests/cases/shop.yaml", "- kind: decline\n", case + "- kind: decline\n")
    (toy / "tests/cases/shop.yaml").write_text(
        (toy / "tests/cases/shop.yaml")
        .read_text(encoding="utf-8")
        .replace("- kind: decline\n", case + "- kind: decline\n"),
        encoding="utf-8",
    )
    edit("answers/shop.yaml", "opens at nine", "opens at ten")
    worst = compare().changes[0]
    assert (worst.sort, worst.also) == ("regression", ("reworded",))
    assert worst.question.item.place.file == "tests/cases/shop.yaml"


def test_a_phrase_that_moves_is_named_with_both_its_intents(edit: Edit, compare: Compare) -> None:
    edit("intents/shop.yaml", "    - closing time today\n", "")
    edit("intents/shop.yaml", "    - return policy\n", "    - return policy\n    - closing time today\n")
    found = compare()
    assert edits(found) == ['intents/shop.yaml:17 phrase "closing time today" moved from shop.hours to shop.returns']
    own = next(change for change in found.changes if change.question.item.ask == "closing time today")
    assert own.causes[0].edit.place[:2] == ("intents/shop.yaml", 17)


def test_an_intent_that_is_gone_is_one_edit(after: Path, compare: Compare) -> None:
    text = (after / "intents/shop.yaml").read_text(encoding="utf-8")
    start = text.index("- id: shop.returns")
    kept = text[:start].replace("  next:\n    - shop.returns\n", "")
    (after / "intents/shop.yaml").write_text(kept, encoding="utf-8")
    text = (after / "answers/shop.yaml").read_text(encoding="utf-8")
    (after / "answers/shop.yaml").write_text(text[: text.index("- id: shop.returns")], encoding="utf-8")
    found = compare()
    gone = next(edit for edit in found.edits if edit.kind == "intent")
    assert described(gone).startswith("intent shop.returns removed")
    lost = {change.question.item.ask for change in found.changes if change.sort == "regression"}
    assert {"return policy", "how do refunds work"} <= lost
    assert found.new.vain, "the cases that name it are told"
    assert "stood at intents/shop.yaml:15" in to_text(found)


def test_what_was_outside_and_is_answered_now_is_both(edit: Edit, compare: Compare) -> None:
    edit("intents/outside.yaml", "    - will it rain tomorrow\n", "")
    edit("intents/shop.yaml", "    - opening hours\n", "    - opening hours\n    - will it rain tomorrow\n")
    own = next(change for change in compare().changes if change.question.key.origin == "outside")
    assert own.question.item.ask == "will it rain tomorrow"
    assert (own.sort, own.also) == ("regression", ("newly-answered",))
    assert own.causes[0].edit.kind == "phrase"
    assert own.causes[0].edit.place[:2] == ("intents/shop.yaml", 5)


def test_only_how_sure_is_sure_enough(toy: Path, after: Path, compare: Compare) -> None:
    for root, floor in ((toy, 0.05), (after, 1.0)):
        found = {"digest": load_pack(root).learning_digest, "floor": floor, "margin": 0.0, "weights": [], "found": {}}
        (root / "intents/calibration.json").write_text(json.dumps(found, indent=2), encoding="utf-8")
    found_changes = compare().changes
    assert found_changes
    for change in found_changes:
        assert change.causes[0].edit.kind == "calibration"
        assert change.causes[0].edit.place[:2] == ("intents/calibration.json", 3)


def test_an_edit_of_numbers_by_name_is_an_edit_of_the_calibration(toy: Path, after: Path, compare: Compare) -> None:
    for root, sure in ((toy, 0.5), (after, 0.6)):
        found = {"digest": load_pack(root).learning_digest, "floor": 0.5, "margin": 0.0, "thresholds": {"sure": sure}}
        (root / "intents/calibration.json").write_text(json.dumps(found, indent=2), encoding="utf-8")
    (edit,) = [edit for edit in compare().edits if edit.kind == "calibration"]
    assert edit.old is not None
    assert edit.new is not None
    assert (edit.old.text, edit.new.text) == ("sure 0.5", "sure 0.6")


def test_a_calibration_that_is_not_in_force_is_told(toy: Path, after: Path, edit: Edit, capsys: Capture) -> None:
    for root in (toy, after):
        run(["tune", "--pack", str(root)])
    edit("intents/shop.yaml", "    - closing time today\n", "")
    capsys.readouterr()
    run(["diff", str(toy), str(after), "-j", "1"])
    assert "run dimchat tune" in capsys.readouterr().err


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
    assert edits(kept) == edits(direct)


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


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def test_a_revision_is_read_without_a_checkout(toy: Path, capsys: Capture) -> None:
    top = toy.parent
    git(top, "init", "-q")
    git(top, "add", "toy")
    git(top, "commit", "-qm", "one")
    answers = toy / "answers/shop.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("at six", "at five"), encoding="utf-8")
    arguments = ["--pack", str(toy), "-j", "1"]
    assert run(["diff", "HEAD", *arguments, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "dimchat.diff/1"
    assert set(data["counts"]) == {"reworded"}
    assert data["changes"][0]["causes"][0]["file"] == "answers/shop.yaml"
    git(top, "commit", "-qam", "two")
    assert run(["diff", "HEAD~1", "git:HEAD", *arguments]) == 0
    assert "HEAD~1 -> HEAD: " in capsys.readouterr().out.splitlines()[-1]
    for wrong in ("HEAD~7", "--all", "-x", "nonsense", ""):
        assert run(["diff", *arguments, "--", wrong]) == 2
        assert wrong in capsys.readouterr().err
    status = subprocess.run(["git", "status", "--porcelain"], cwd=top, check=True, capture_output=True, text=True)
    assert status.stdout == ""


def test_wrong_usage_is_told(toy: Path, after: Path, capsys: Capture) -> None:
    assert run(["diff", str(toy), str(after), "--fail-on", "regresion"]) == 2
    assert "did you mean 'regression'?" in capsys.readouterr().err
    assert run(["diff", "a", "b", "c"]) == 2
    run(["baseline", "record", "--pack", str(toy), "-j", "1"])
    assert run(["diff", str(toy), str(toy / BASELINE)]) == 2


def test_the_comparison_as_markdown_has_what_was_what_is_and_why(
    toy: Path, after: Path, edit: Edit, capsys: Capture
) -> None:
    edit("answers/shop.yaml", "closes at six", "closes at seven")
    edit("intents/shop.yaml", "    - closing time today\n", "")
    assert run(["diff", str(toy), str(after), "-j", "1", "--markdown", "-"]) == 1  # a case asks that very phrase
    out = capsys.readouterr().out
    assert "## Reworded" in out
    assert 'text of shop.hours changed: "closes at six' in out
    edits_shown = out.partition("## Edits")[2]
    assert "| intents/shop.yaml:9 |" in edits_shown.replace("stood at ", "")


def test_the_comparison_as_a_page_and_without_changes(toy: Path, after: Path, edit: Edit, capsys: Capture) -> None:
    pytest.importorskip("jinja2")
    pytest.importorskip("matplotlib")
    page = after.with_name("page.html")
    assert run(["diff", str(toy), str(after), "-j", "1", "--html", str(page)]) == 0
    assert "No reply differs." in page.read_text(encoding="utf-8")
    edit("answers/shop.yaml", "closes at six", "closes at <seven>")
    assert run(["diff", str(toy), str(after), "-j", "1", "--html", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "closes at &lt;seven&gt;" in text
    assert "no reply differs" not in text
    assert "reworded" in capsys.readouterr().out


def test_annotations_stand_beside_the_edit_as_grave_as_its_gravest_change(
    toy: Path, after: Path, edit: Edit, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(after.parent)
    edit("answers/shop.yaml", "closes at six", "closes at seven")
    arguments = ["diff", str(toy), "after", "--pack", "after", "-j", "1", "--github"]

    def annotations() -> list[str]:
        return [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]

    assert run(arguments) == 0
    (line,) = annotations()
    assert line.startswith("::notice file=after/answers/shop.yaml,line=4,col=")
    assert "text of shop.hours changed" in line
    assert run([*arguments, "--fail-on", "reworded"]) == 1
    (line,) = annotations()
    assert line.startswith("::error file=after/answers/shop.yaml,line=4,")
