from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dimchat.cli import run

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]


def cases(toy: Path, text: str) -> None:
    (toy / "tests" / "cases" / "shop.yaml").write_text(text, encoding="utf-8")


def test_the_cases_of_a_pack_pass(toy: Path, capsys: Capture) -> None:
    assert run(["test", "--pack", str(toy)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 0 failed"


def test_a_failure_says_what_a_curator_needs(toy: Path, capsys: Capture) -> None:
    cases(toy, "- turns:\n    - ask: return policy\n    - ask: opening hours\n      intent: shop.returns\n")
    assert run(["test", "--pack", str(toy)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "tests/cases/shop.yaml:3  opening hours"
    assert lines[1] == '  asked      "opening hours"   after "return policy"'
    assert lines[2] == "  expected   shop.returns"
    assert lines[3].startswith("  got        shop.hours  ")
    assert lines[3].endswith('via phrase "opening hours" (intents/shop.yaml:4)')
    assert lines[4].startswith("  runner-up  ")
    assert ", needs 0." in lines[4]
    assert f'  replay     dimchat explain --pack {toy} --after "return policy" "opening hours"' in lines
    assert lines[-1] == "0 passed, 1 failed"


def test_each_phrasing_fails_by_itself(toy: Path, capsys: Capture) -> None:
    cases(toy, "- intent: shop.returns\n  ask:\n    - opening hours\n    - return policy\n    - closing time today\n")
    assert run(["test", "--pack", str(toy)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 2 failed"


@pytest.mark.parametrize("left", ["empty folder", "no folder"])
def test_no_cases_are_an_error(toy: Path, capsys: Capture, left: str) -> None:
    (toy / "tests" / "cases" / "shop.yaml").unlink()
    if left == "no folder":
        (toy / "tests" / "cases").rmdir()
    assert run(["test", "--pack", str(toy)]) == 1
    assert "no case" in capsys.readouterr().err


def test_a_selection_of_nothing_is_an_error(toy: Path, capsys: Capture) -> None:
    assert run(["test", "--pack", str(toy), "-k", "nothing like this"]) == 1
    assert "none was selected" in capsys.readouterr().err


def test_cases_can_be_selected(toy: Path, capsys: Capture) -> None:
    assert run(["test", "--pack", str(toy), "--tag", "hours"]) == 0
    assert capsys.readouterr().out == "2 passed, 0 failed\n"
    assert run(["test", "--pack", str(toy), "-k", "rain"]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"


def test_the_run_can_stop_at_the_first_failure(toy: Path, capsys: Capture) -> None:
    cases(toy, "- intent: shop.returns\n  ask:\n    - opening hours\n    - closing time today\n")
    assert run(["test", "--pack", str(toy), "-x"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_an_expected_failure_that_passes_is_a_failure(toy: Path, capsys: Capture) -> None:
    cases(toy, "- intent: shop.returns\n  xfail: not yet\n  ask:\n    - opening hours\n")
    assert run(["test", "--pack", str(toy)]) == 0
    assert capsys.readouterr().out == "0 passed, 0 failed, 1 failed as expected\n"
    cases(toy, "- intent: shop.hours\n  xfail: not yet\n  ask:\n    - opening hours\n")
    assert run(["test", "--pack", str(toy)]) == 1
    assert "to fail: not yet" in capsys.readouterr().out


def test_faulty_cases_are_all_named_with_what_was_meant(toy: Path, capsys: Capture) -> None:
    cases(toy, "- intent: shop.hour\n  ask:\n    - x\n- ask:\n    - y\n- kind: declined\n  ask:\n    - z\n")
    assert run(["test", "--pack", str(toy)]) == 2
    err = capsys.readouterr().err
    assert "tests/cases/shop.yaml:1:11: unknown intent 'shop.hour', did you mean 'shop.hours'?" in err
    assert "tests/cases/shop.yaml:4:3: " in err
    assert "did you mean 'decline'?" in err
    assert run(["check", str(toy)]) == 1
    assert "unknown intent 'shop.hour'" in capsys.readouterr().out


def test_check_tells_errors_from_warnings(toy: Path, capsys: Capture) -> None:
    assert run(["check", str(toy)]) == 0
    out, err = capsys.readouterr()
    assert "warning: there is no calibration" in out
    assert f"next: dimchat tune --pack {toy}" in err
    assert run(["check", "--strict", str(toy)]) == 1
    (toy / "answers" / "shop.yaml").write_text("- id: shop.hours\n  shrt: x\n  text: y\n", encoding="utf-8")
    assert run(["check", "--pack", str(toy)]) == 1
    captured = capsys.readouterr()
    assert "answers/shop.yaml:2:3: unknown key 'shrt', did you mean 'short'?" in captured.out


def test_check_wants_cases_that_test_something(toy: Path, capsys: Capture) -> None:
    cases(toy, "- intent: shop.hours\n  ask:\n    - opening hours\n")
    run(["check", str(toy)])
    out = capsys.readouterr().out
    assert "tests/cases/shop.yaml:3:7: warning: 'opening hours' is a phrase of shop.hours" in out
    assert "shop.returns has 0 cases, fewer than 4" in out


def test_a_check_names_rules_sums_them_up_and_goes_into_files(
    toy: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy)
    page = tmp_path / "check.md"
    assert run(["check", "--json", "--github", "--markdown", str(page), str(toy)]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["schema"], data["errors"], data["warnings"]) == ("dimchat.check/1", 0, len(data["problems"]))
    assert sum(data["rules"].values()) == data["warnings"]
    one = data["problems"][0]
    title = f"file={one['file']},line={one['line']},col={one['column']},title={one['rule']}"
    assert f"::warning {title}::{one['message']}" in err
    assert f"{toy.name}: 0 errors, {data['warnings']} warnings (" in err
    assert "| warning | calibration-missing | 1 |" in page.read_text(encoding="utf-8")
    run(["check", str(toy)])
    assert "[calibration-missing]\n" in capsys.readouterr().out


def ruled(toy: Path, rulings: str) -> None:
    head = (toy / "pack.yaml").read_text(encoding="utf-8")
    (toy / "pack.yaml").write_text(f"format: 2\n{head}rules:\n{rulings}", encoding="utf-8")


def test_a_notice_is_told_and_fails_nothing(toy: Path, capsys: Capture) -> None:
    known = {}
    run(["check", "--json", str(toy)])
    for one in json.loads(capsys.readouterr().out)["problems"]:
        known[one["rule"]] = one
    ruled(toy, "".join(f"  {rule}: {{severity: notice, reason: a toy}}\n" for rule in known))
    assert run(["check", "--strict", str(toy)]) == 0
    out, err = capsys.readouterr()
    assert "notice: there is no calibration: the pack is to be tuned [calibration-missing]" in out
    assert "0 errors, 0 warnings, " in err
    assert "notice" in err
    assert run(["check", "--strict", "--json", str(toy)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["warnings"], data["notices"]) == (0, len(data["problems"]))


def test_rules_of_cases_are_ruled_like_others(toy: Path, capsys: Capture) -> None:
    ruled(toy, "  few-cases: {limit: 1, reason: a toy}\n")
    (toy / "tests/cases/shop.yaml").write_text(
        "- intent: shop.hours\n  ask:\n    - when is it open\n", encoding="utf-8"
    )
    run(["check", str(toy)])
    out = capsys.readouterr().out
    assert "shop.returns has 0 cases, fewer than 1 [few-cases]" in out
    assert "shop.hours has 1 cases" not in out


def test_a_ruling_without_a_reason_is_an_error(toy: Path, capsys: Capture) -> None:
    ruled(toy, "  few-cases: {limit: 1}\n")
    assert run(["check", str(toy)]) == 1
    assert "pack.yaml" in (out := capsys.readouterr().out)
    assert "'reason'" in out


def test_a_folder_that_is_no_pack_is_annotated_where_it_is(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["check", "--github", "nowhere"])
    assert "::error file=nowhere,line=1" in capsys.readouterr().out


def test_a_check_of_what_cannot_be_loaded_is_a_report_too(tmp_path: Path, capsys: Capture) -> None:
    assert run(["check", "--json", str(tmp_path)]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["errors"], data["rules"]) == (1, {"missing-file": 1})


def test_check_of_a_folder_that_is_no_pack(tmp_path: Path, capsys: Capture) -> None:
    assert run(["check", str(tmp_path)]) == 1
    assert "pack.yaml" in capsys.readouterr().out


def test_a_review_expires_on_the_day_that_is_given(toy: Path, capsys: Capture) -> None:
    path = toy / "answers" / "shop.yaml"
    text = path.read_text(encoding="utf-8").replace("- id: shop.returns", "  review_by: 2027-01-31\n- id: shop.returns")
    path.write_text(text, encoding="utf-8")
    run(["check", "--as-of", "2027-01-31", str(toy)])
    assert "2027-01-31" not in capsys.readouterr().out
    run(["check", "--as-of", "2027-02-01", str(toy)])
    assert "2027-01-31" in capsys.readouterr().out


def test_tune_writes_a_calibration_that_check_accepts(toy: Path, capsys: Capture) -> None:
    assert run(["tune", "--dry-run", "--pack", str(toy)]) == 0
    assert not (toy / "intents" / "calibration.json").exists()
    assert run(["tune", "--pack", str(toy)]) == 0
    said = capsys.readouterr().out
    assert "floor" in said
    assert "too little: " in said
    assert ", 300 settle floor and margin" in said
    assert run(["tune", "--dry-run", "--json", "--pack", str(toy)]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["values"] == values["before"], "tuning again changes nothing"
    written = json.loads((toy / "intents" / "calibration.json").read_text(encoding="utf-8"))
    assert 0 <= written["floor"] <= 1
    run(["check", str(toy)])
    assert "calibration" not in capsys.readouterr().out
    file = toy / "intents" / "shop.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    run(["check", str(toy)])
    assert "calibration" not in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace("opening hours", "opening times"), encoding="utf-8")
    run(["check", str(toy)])
    assert "calibration" in capsys.readouterr().out


def test_tuning_twice_gives_the_same_bytes(toy: Path) -> None:
    path = toy / "intents" / "calibration.json"
    run(["tune", "--pack", str(toy)])
    first = path.read_bytes()
    run(["tune", "--pack", str(toy)])
    assert path.read_bytes() == first


def test_schemas_are_printed_and_written(tmp_path: Path, capsys: Capture) -> None:
    assert run(["schema", "intents"]) == 0
    assert "$schema" in json.loads(capsys.readouterr().out)
    assert run(["schema", "--write", str(tmp_path / "new")]) == 0
    assert (tmp_path / "new" / "cases.json").is_file()
