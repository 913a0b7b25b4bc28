from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack
from dimchat.quality.compare import (
    BASELINE,
    Comparison,
    compared,
    described,
    opened,
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
