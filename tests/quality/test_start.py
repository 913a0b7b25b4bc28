from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dimchat.cli import run
from dimchat.pack import load_pack
from dimchat.quality.start import head

Capture = pytest.CaptureFixture[str]


def test_a_new_pack_passes_everything_at_once(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "town library"
    assert run(["new", str(folder)]) == 0
    assert run(["check", "--strict", str(folder)]) == 0
    assert run(["test", "--pack", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "3 intents" in out
    assert out.endswith("16 passed, 0 failed\n")
    pack = load_pack(folder)
    assert (pack.name, pack.title) == ("town-library", "Town library")
    assert (folder / ".github" / "workflows" / "pack.yml").is_file()
    assert "@" not in (folder / "pack.yaml").read_text(encoding="utf-8")


def test_a_title_is_taken_as_it_is(tmp_path: Path) -> None:
    assert run(["new", str(tmp_path / "x"), "--title", 'The "best" \\ shop: #1']) == 0
    assert load_pack(tmp_path / "x").title == 'The "best" \\ shop: #1'


@pytest.mark.parametrize("left", ["a file", "a folder with a file"])
def test_what_is_there_is_not_overwritten(tmp_path: Path, capsys: Capture, left: str) -> None:
    folder = tmp_path / "x"
    if left == "a file":
        folder.write_text("mine", encoding="utf-8")
    else:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert run(["new", str(folder)]) == 2
    assert str(folder) in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_empty_checkout_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "x" / ".git").mkdir(parents=True)
    assert run(["new", str(tmp_path / "x")]) == 0
    assert (tmp_path / "x" / ".git").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_leap_day_has_a_next_year() -> None:
    assert head(Path("x"), None, date(2028, 2, 29)).marks["@NEXT_YEAR@"] == "2029-02-28"


def test_a_table_becomes_a_pack_as_import_makes_it(tmp_path: Path, capsys: Capture) -> None:
    rows = "question,answer\nwhen is the bill due,On the first.\nwhen is the bill due,Never.\n"
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(tmp_path / "t.csv")]) == 1
    assert "t.csv:3: dropped: the question 'when is the bill due' stands in t.csv:2" in capsys.readouterr().out
    assert [one.id for one in load_pack(tmp_path / "x").browsable] == ["general.bill_due"]


def test_a_row_whose_id_is_none_is_named_with_the_reason(tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "t.csv"
    table.write_text("question,answer,id\nwhere is the desk,Here.,Desk.Where\nwhere is the lift,Left.,lift.where\n")
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(table)]) == 1
    out = capsys.readouterr().out
    assert "t.csv:2" in out
    assert "'Desk.Where' is no id" in out
    assert f"{table}: 1 placed" in out
    assert [intent.id for intent in load_pack(tmp_path / "x").browsable] == ["lift.where"]


def test_where_no_row_can_be_placed_each_is_named(tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "t.csv"
    table.write_text("question,answer,id\nwhere is the desk,Here.,Desk.Where\nwhere is the lift,Left.,lift.where-is\n")
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(table)]) != 0
    captured = capsys.readouterr()
    assert all(f"t.csv:{line}" in captured.out + captured.err for line in (2, 3))


def test_ids_of_other_programs_are_made_anew(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("question,answer,id\nwhere is the desk,Here.,17\n")
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(table)]) == 0


def spanish(toy: Path) -> Path:
    """Bring the toy pack to the format that further languages need."""
    head = toy / "pack.yaml"
    head.write_text("format: 2\n" + head.read_text(encoding="utf-8"), encoding="utf-8")
    return toy


def test_a_question_is_started_in_a_further_language(toy: Path, capsys: Capture) -> None:
    spanish(toy)
    before = {path: path.read_bytes() for path in toy.rglob("*") if path.is_file()}
    assert run(["new", "shop.hours", "shop.returns", "--language", "es", "--pack", str(toy)]) == 0
    said = capsys.readouterr()
    assert said.out == "2 drafts in es: intents/es/shop.yaml, answers/es/shop.yaml\n"
    assert "dimchat tune --pack" in said.err
    assert all(path.read_bytes() == data for path, data in before.items())
    draft = (toy / "answers/es/shop.yaml").read_text(encoding="utf-8")
    assert "- id: shop.hours\n  draft: true\n" in draft
    assert "[@" in draft, "citations come along"
    assert run(["check", str(toy)]) == 0
    capsys.readouterr()
    pack = load_pack(toy).in_language("es")
    assert not pack.intent["shop.hours"].phrases
    assert pack.answer["shop.hours"].language == "en", "a draft is not shown, nor learnt"
    draft = draft.replace("  draft: true\n", "", 1)
    (toy / "answers/es/shop.yaml").write_text(draft, encoding="utf-8")
    pack = load_pack(toy).in_language("es")
    assert pack.intent["shop.hours"].phrases
    assert pack.answer["shop.hours"].language == ""
    assert not pack.intent["shop.returns"].phrases


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["shop.ours", "--language", "es"], "the pack has no question 'shop.ours', did you mean 'shop.hours'?"),
        (["shop.hours", "--language", "fr"], "'fr' is no further language that dimchat has words in for this pack"),
        (["shop.hours", "--language", "en"], "'en' is no further language"),
        (["shop.hours", "--language", "es", "--title", "x"], "name one of them"),
    ],
)
def test_what_cannot_be_started_is_said_and_nothing_written(
    toy: Path, capsys: Capture, arguments: list[str], message: str
) -> None:
    spanish(toy)
    before = sorted(toy.rglob("*"))
    assert run(["new", *arguments, "--pack", str(toy)]) == 2
    assert message in capsys.readouterr().err
    assert sorted(toy.rglob("*")) == before


def test_a_question_is_started_once_and_in_a_pack_of_format_2(toy: Path, capsys: Capture) -> None:
    arguments = ["new", "shop.hours", "--language", "es", "--pack", str(toy)]
    assert run(arguments) == 2
    assert "dimchat upgrade" in capsys.readouterr().err
    spanish(toy)
    assert run(arguments) == 0
    before = (toy / "intents/es/shop.yaml").read_bytes()
    assert run(arguments) == 2
    assert "shop.hours stands in intents/es/shop.yaml already" in capsys.readouterr().err
    assert (toy / "intents/es/shop.yaml").read_bytes() == before


def test_several_packs_are_not_started_at_once(tmp_path: Path, capsys: Capture) -> None:
    assert run(["new", str(tmp_path / "a"), str(tmp_path / "b")]) == 2
    assert "--language" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
