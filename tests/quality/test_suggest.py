from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.cli import run
from dimchat.index import open_assistant
from dimchat.model import Context
from dimchat.pack import load_pack
from dimchat.quality import load_items
from dimchat.quality.suggest import VOCABULARY, Proposal, accepted, harmed, proposed

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.model import Pack

    Capture = pytest.CaptureFixture[str]

TABLE = """\
question,answer,category
How do I get a library card?,Bring your ID to the desk.,Cards
How much does a library card cost?,It is free.,Cards
What do I do when I have lost my card?,Tell the desk.,Cards
Can children get a card?,With a parent.,Cards
How do I book a study room?,On the website.,Rooms
What does a study room cost?,Five dollars.,Rooms
When are you open?,From 9 to 7.,Visit
Is there parking?,Behind the house.,Visit
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suggest")
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    assert run(["new", str(folder / "x"), "--from-csv", str(folder / "t.csv")]) == 0
    return folder / "x"


@pytest.fixture
def pack(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "x")


def ids(pack: Pack) -> set[str]:
    return {one.id for one in proposed(pack)}


def test_phrases_and_titles_speak_for_names_kinds_titles_and_cues(made: Path) -> None:
    found = ids(load_pack(made))
    assert {"name:cards:library_card", "name:rooms:study_room"} <= found
    assert {"kind:cards:credential", "kind:visit:place"} <= found
    assert {"title:lost_card:loss", "title:much_library_card:cost", "title:open:opening_hours"} <= found
    assert {"cue:lost_card:stolen", "cue:much_library_card:how_much", "cue:parking:car"} <= found
    assert "cue:much_library_card:card" not in found  # it names the topic


def test_the_evidence_is_told(made: Path) -> None:
    found = {one.id: one for one in proposed(load_pack(made))}
    cost = found["cue:much_library_card:price"]
    assert (cost.lines, cost.others, cost.usual) == (("How much does a library card cost?",), 3, "cost")
    assert len(found["name:cards:library_card"].lines) == 2


def test_what_is_proposed_is_listed_and_nothing_is_written(pack: Path, capsys: Capture) -> None:
    before = (pack / VOCABULARY).read_bytes()
    assert run(["suggest", "vocabulary", "--pack", str(pack), "--json"]) == 0
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert (data["schema"], data["harms"]) == ("dimchat.suggest/1", [])
    assert {one["id"] for one in data["proposals"]} == ids(load_pack(pack))
    assert "--accept-all" in told.err
    assert run(["suggest", "vocabulary", "--pack", str(pack), "--accept-all", "--dry-run"]) == 0
    assert (pack / VOCABULARY).read_bytes() == before


def test_all_are_accepted_once_and_a_curators_own_words_stay(pack: Path, capsys: Capture) -> None:
    file = pack / VOCABULARY
    text = file.read_text(encoding="utf-8")
    own = text.replace("    cues:\n      - lost card\n", "    cues:  # ours\n      - lost card\n      - 'gone: away'\n")
    file.write_text(f"# by hand\n{own}", encoding="utf-8")
    assert run(["suggest", "vocabulary", "--pack", str(pack), "--accept-all"]) == 0
    now = file.read_text(encoding="utf-8").splitlines()
    for line in f"# by hand\n{own}".splitlines():
        if line.strip().startswith(("#", "cues", "names", "- ")):
            assert line in now
    assert "      - 'gone: away'" in now
    assert run(["check", str(pack)]) == 0
    capsys.readouterr()
    assert run(["suggest", "vocabulary", "--pack", str(pack)]) == 0
    assert "nothing" in capsys.readouterr().out


def test_one_is_accepted_by_its_id_or_by_that_of_its_line(pack: Path) -> None:
    assert run(["suggest", "vocabulary", "--pack", str(pack), "--accept", "cue:lost_card:stolen"]) == 0
    cues = {one.id: one.cues for one in load_pack(pack).vocabulary.aspects}
    assert cues["lost_card"] == ("lost card", "stolen")
    assert run(["suggest", "vocabulary", "--pack", str(pack), "--accept", "cue:lost_card"]) == 0
    assert len({one.id: one.cues for one in load_pack(pack).vocabulary.aspects}["lost_card"]) > 3


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--accept", "cue:lost_card:stollen"], "did you mean 'cue:lost_card:stolen'"),
        (["--accept", "cue:lost_card", "--accept-all"], "--accept-all takes them all"),
    ],
)
def test_wrong_usage_is_told(pack: Path, capsys: Capture, given: list[str], told: str) -> None:
    assert run(["suggest", "vocabulary", "--pack", str(pack), *given]) == 2
    assert told in capsys.readouterr().err


def test_what_turns_a_reply_from_right_to_wrong_is_named(made: Path) -> None:
    pack = load_pack(made)
    good = Proposal("cue", "parking", "garage", ())
    bad = Proposal("cue", "lost_card", "library card", ())
    found = harmed(pack, [good, bad], load_items((), made, pack))
    assert {one for harm in found for one in harm.by} == {bad}
    assert found[0].was == "cards.get_library_card"
    assert found[0].now != found[0].was


def test_what_harms_already_is_named(pack: Path, capsys: Capture) -> None:
    file = pack / VOCABULARY
    file.write_bytes(accepted(file.read_bytes(), [Proposal("cue", "lost_card", "library card", ())]))
    assert run(["suggest", "vocabulary", "--pack", str(pack)]) == 0
    assert "harms already" in (out := capsys.readouterr().out)
    assert "cue:lost_card:library_card" in out


def test_follow_ups_are_understood_with_what_was_accepted(pack: Path) -> None:
    def second(first: str, then: str) -> tuple[str, ...]:
        assistant = open_assistant(pack)
        return assistant.ask(then, assistant.ask(first, Context())[1])[0].intents

    assert second("How do I get a library card?", "and if it was stolen?") == ()
    assert run(["suggest", "vocabulary", "--pack", str(pack), "--accept-all"]) == 0
    assert second("How do I get a library card?", "and if it was stolen?") == ("cards.lost_card",)
    assert second("How do I get a library card?", "price?") == ("cards.much_library_card",)
    # Aspects of one title are the same: the cost is kept where the topic is new.
    assert second("How much does a library card cost?", "and a study room?") == ("rooms.study_room_cost",)


def test_a_spanish_pack_is_read_in_spanish(tmp_path: Path) -> None:
    rows = (
        "question,answer,category,language\n¿Cómo renuevo el carné?,En la web.,Socios,es\n"
        "¿Cuánto cuesta el carné?,Nada.,Socios,es\n¿Dónde está la biblioteca?,Calle Mayor.,Visita,es\n"
        "¿Se puede aparcar?,Detrás.,Visita,es\n"
    )
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    assert run(["new", str(tmp_path / "x"), "--from-csv", str(tmp_path / "t.csv")]) == 0
    found = {(one.sort, one.text) for one in proposed(load_pack(tmp_path / "x"))}
    assert {("name", "carne"), ("cue", "precio"), ("cue", "renovar"), ("cue", "coche"), ("cue", "direccion")} <= found


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30))
def test_any_words_can_be_written(text: str) -> None:
    cue = " ".join(c for c in text.split() if c.isprintable())
    data = b"aspects:\n  - id: a\n    title: a\n    cues:  # ours\n      - a\n"
    written = accepted(data, [Proposal("cue", "a", cue or "x", ())])
    assert written.startswith(data)
