from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dimchat.errors import JournalError
from dimchat.journal.learn.review import Group, Proposal, problem_of
from dimchat.journal.learn.try_changes import effect_text, keep, try_out
from dimchat.journal.similarity import Asked
from dimchat.pack import load_pack

AS_OF = date(2026, 11, 24)


@pytest.fixture
def root(tiny_pack: Path) -> Path:
    return tiny_pack


def held(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def proposal(verdict: str = "phrase", target: str = "manager.pay", **lines: str) -> Proposal:
    wordings = (("what dough does one take home", 5), ("take home dough", 2))
    group = Group(Asked(wordings[0][0], 7, 0, "dough hom tak", wordings))
    chosen = {"phrase": "take home dough", "case": "what dough does one take home", **lines}
    return Proposal(group, verdict, target, **chosen)  # type: ignore[arg-type]


def test_trying_shows_the_effect_and_touches_nothing(root: Path) -> None:
    told: list[str] = []
    before = held(root)
    effect = try_out(root, [proposal()], as_of=AS_OF, told=told.append)
    assert held(root) == before
    assert told == ["copy", "tune", "test", "diff"]
    asked = {said.ask: (said.before, said.after) for said in effect.asked}
    assert asked["take home dough"][0].startswith("decline")
    assert asked["take home dough"][1] == "answer manager.pay"
    names = [file.name for file in effect.files]
    assert names == ["intents/role.yaml", "tests/cases/role.yaml", "intents/calibration.json"]


def test_what_is_kept_adds_one_line_to_each_file_and_keeps_every_other_byte(root: Path) -> None:
    before = held(root)
    effect = try_out(root, [proposal()], as_of=AS_OF)
    keep(root, effect.files)
    after = held(root)
    assert {name for name in after if after[name] != before.get(name)} == {file.name for file in effect.files}
    old = before["intents/role.yaml"]
    assert after["intents/role.yaml"] == old.replace(b"- yes\n", b"- yes\n    - take home dough\n")
    old = before["tests/cases/role.yaml"]
    assert after["tests/cases/role.yaml"] == old.replace(
        b"# stays\n", b"# stays\n    - what dough does one take home\n"
    )
    load_pack(root)


def test_the_difference_reads_as_git_shows_it(root: Path) -> None:
    text = effect_text(try_out(root, [proposal()], as_of=AS_OF))
    assert "--- a/intents/role.yaml" in text
    assert "\n  +    - take home dough\n" in text
    assert "--- /dev/null\n  +++ b/intents/calibration.json" in text


def test_an_outside_line_makes_a_case_file_where_there_is_none(root: Path) -> None:
    effect = try_out(root, [proposal("outside", "outside.weather")], as_of=AS_OF)
    keep(root, effect.files)
    case = (root / "tests/cases/outside.yaml").read_text()
    assert case == "- kind: decline\n  outside: outside.weather\n  ask:\n    - what dough does one take home\n"
    assert "    - will it rain\n    - take home dough\n" in (root / "intents/outside.yaml").read_text()


def test_a_draft_stands_beside_the_pack_and_changes_none_of_its_files(root: Path) -> None:
    before = held(root)
    effect = try_out(root, [proposal("draft", "manager.dough")], as_of=AS_OF)
    keep(root, effect.files)
    assert {name: data for name, data in held(root).items() if name in before} == before
    assert (root / "drafts/manager.dough/intents.yaml").read_text() == (
        "- id: manager.dough\n  title: Take home dough\n  phrases:\n    - take home dough\n"
    )
    assert (root / "drafts/manager.dough/cases.yaml").exists()
    with pytest.raises(JournalError, match="there already"):
        try_out(root, [proposal("draft", "manager.dough")], as_of=AS_OF)


def test_several_decisions_are_tried_together(root: Path) -> None:
    other = proposal("phrase", "manager.hours", phrase="clocking in and out", case="when to clock in")
    effect = try_out(root, [proposal(), other], as_of=AS_OF)
    keep(root, effect.files)
    text = (root / "intents/role.yaml").read_text()
    assert "take home dough" in text
    assert "clocking in and out" in text


def test_a_case_that_fails_now_is_named(root: Path) -> None:
    spoiling = proposal("outside", "outside.weather", phrase="what is a manager salary", case="night shift")
    effect = try_out(root, [spoiling], as_of=AS_OF)
    assert not effect.harmless
    assert any("night shift" in line for line in effect.failed)
    assert all(":" in line for line in effect.failed)
    assert "Something got worse" in effect_text(effect)


def test_nothing_is_kept_where_a_file_changed_meanwhile(root: Path) -> None:
    effect = try_out(root, [proposal()], as_of=AS_OF)
    with (root / "tests/cases/role.yaml").open("a") as file:
        file.write("# someone else\n")
    before = held(root)
    with pytest.raises(JournalError, match=r"role\.yaml has changed meanwhile"):
        keep(root, effect.files)
    assert held(root) == before


def test_a_write_that_fails_half_way_is_taken_back_byte_for_byte(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    effect = try_out(root, [proposal()], as_of=AS_OF)
    before, real = held(root), Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "calibration.json":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(JournalError, match=r"calibration\.json cannot be written: No space"):
        keep(root, effect.files)
    assert held(root) == before


def test_the_mode_of_a_file_stays(root: Path) -> None:
    (root / "intents/role.yaml").chmod(0o640)
    keep(root, try_out(root, [proposal()], as_of=AS_OF).files)
    assert (root / "intents/role.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (proposal(phrase=""), "Write both"),
        (proposal(case=" "), "Write both"),
        (proposal(phrase="Same", case="same"), "tests nothing"),
        (proposal(target="manager.shoes"), "no intent 'manager.shoes'"),
        (proposal("outside", "outside.sea"), "no outside group"),
        (proposal("draft", "manager.pay"), "no id for a new intent"),
        (proposal("draft", "Manager Dough"), "no id for a new intent"),
        (proposal(phrase="Manager wages per year"), "a phrase of manager.pay already"),
        (proposal(case="will it rain"), "a phrase of outside.weather already"),
    ],
)
def test_what_cannot_be_tried_is_said(root: Path, wrong: Proposal, said: str) -> None:
    assert said in (problem_of(wrong, load_pack(root)) or "")


def test_what_can_be_tried_has_no_problem(root: Path) -> None:
    assert problem_of(proposal(), load_pack(root)) is None
    assert problem_of(proposal("draft", "manager.dough"), load_pack(root)) is None


def test_a_pack_without_cases_gets_its_first(root: Path) -> None:
    shutil.rmtree(root / "tests")
    keep(root, try_out(root, [proposal()], as_of=AS_OF).files)
    assert (root / "tests/cases/role.yaml").read_text().startswith("- intent: manager.pay\n")
