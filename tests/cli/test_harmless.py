"""No file makes a terminal do something: not a baseline, a calibration, a folder's name, nor what was typed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.cli import run
from dimchat.quality.report.console import to_terminal
from dimchat.quality.report.document import Bars, Document, Listing, Paragraph, Section, Table

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]

EVIL = "\x1b]52;c;aGk=\x07\x1b]8;;x\x1b\\\x1b[31m\x9b31m\u202e"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printed(capsys: Capture) -> str:
    return "".join(capsys.readouterr())


def spoilt(line: str) -> str:
    """Return a record of a baseline with something evil in each of its texts but the words of its form."""
    record: Any = json.loads(line)
    if isinstance(record, str):
        return json.dumps(record + EVIL)
    for name in ("version", "said", "phrase", "title", "file"):
        if name in record:
            record[name] += EVIL
    return json.dumps(record)


@pytest.mark.parametrize("form", [[], ["--all"], ["--json"], ["--markdown", "-"], ["--html", "-"], ["--github"]])
def test_a_baseline(toy: Path, form: list[str], capsys: Capture) -> None:
    pack = ["-j", "1", "--pack", str(toy)]
    assert run(["baseline", "record", *pack]) == 0
    file = toy / "tests" / "baseline.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    blessing = json.dumps({"blessed": EVIL, "digest": EVIL, "changes": {EVIL: 1}})
    file.write_text("\n".join([spoilt(lines[0]), blessing, *map(spoilt, lines[1:])]), encoding="utf-8")
    assert run(["baseline", "status", "--pack", str(toy)]) == 0
    assert run(["diff", *form, *pack]) in {0, 1}
    out = printed(capsys)
    assert "52;c;aGk=" in out
    assert not OBEYED.search(out)


def test_a_calibration(toy: Path, capsys: Capture) -> None:
    assert run(["tune", "--pack", str(toy)]) == 0
    file = toy / "intents" / "calibration.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    data["found"] = dict.fromkeys(data["found"], EVIL)
    file.write_text(json.dumps(data), encoding="utf-8")
    assert run(["tune", "--dry-run", "--pack", str(toy)]) == 0
    out = printed(capsys)
    assert "52;c;aGk=" in out
    assert not OBEYED.search(out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "EVIL"],
        ["check", "PACK"],
        ["ask", "--pack", "EVIL", "x"],
        ["ask", "--pack", "PACK", "EVIL"],
        ["explain", "--pack", "PACK", "EVIL"],
        ["test", "--pack", "PACK"],
        ["diff", "EVIL", "--pack", "PACK"],
        ["diff", "git:EVIL", "--pack", "PACK"],
        ["show", "EVIL", "--pack", "PACK"],
        ["replay", "EVIL"],
        ["EVIL"],
        ["ask", "--EVIL"],
        ["schema", "EVIL"],
        ["--plain", "--pack", "EVIL"],
    ],
    ids=" ".join,
)
def test_what_is_called_so_or_typed(toy: Path, arguments: list[str], capsys: Capture) -> None:
    pack = toy.rename(toy.with_name(f"toy{EVIL}".replace("/", "")))
    (pack / "intents" / f"A{EVIL}.yaml".replace("/", "")).write_text("", encoding="utf-8")
    (pack / "tests" / "cases" / f"x{EVIL}.yaml".replace("/", "")).write_text("- {", encoding="utf-8")
    run([part.replace("EVIL", EVIL).replace("PACK", str(pack)) for part in arguments])
    out = printed(capsys)
    assert out
    assert not OBEYED.search(out)


@pytest.mark.parametrize("colour", [False, True])
def test_a_report(colour: bool) -> None:  # noqa: FBT001 - parametrised
    blocks = (
        Paragraph(EVIL),
        Table(EVIL, (EVIL,), ((EVIL,),), note=EVIL),
        Bars(EVIL, (EVIL,), ((EVIL, (1.0,)), (EVIL, (2.0,))), EVIL, EVIL),
        Listing(EVIL, (EVIL,)),
    )
    shown = to_terminal(Document(EVIL, ((EVIL, EVIL),), (Section(EVIL, blocks),)), width=300, colour=colour)
    assert not OBEYED.search(re.sub(r"\x1b\[[\d;]*m", "", shown) if colour else shown)
    assert shown.count("52;c;aGk=") == 16
