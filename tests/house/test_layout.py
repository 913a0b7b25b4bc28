"""The house stays one that a newcomer finds the way in: sizes, names, imports."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "dimchat"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400
"""Lines of a module."""
MOST_MODULES = 455
"""To be lowered with the number; the aim is 215. Format 2 of packs brought values, tables, readers and their rules;
import and export a reader or a writer for each of nine formats, and one for further languages; several questions in
a message, two; the page of
`serve`, which no screen draws, thirteen, the looks of a pack on it, one, and its staff's menu, three; proposals for a
vocabulary and the words of what is usually asked, nine;
packs that are watched while they are edited, eight; Spanish, three, what it lacks and how it is started, two; the base
under every pack in three languages, six; a fleet's journal, its steps and its sender, fifteen; signed versions of a
pack, their way to stands, and who is alive, twenty-five; the API of
`serve`, thirteen;
a second language of a pack, nine; copies of a visit that answer, one; what a voice says in three languages, and what
puts figures into it, seven."""
MOST_IMPORTS = 0.08
"""The part of all lines that import something; the aim is 0.07."""
FACES = ("cli", "apps", "wording")
"""A command, its screens, its words and its room share a name."""


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    sizes = {module.relative_to(SOURCE).as_posix(): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


def test_modules_do_not_multiply() -> None:
    assert len(MODULES) <= MOST_MODULES


def test_a_name_of_a_module_stands_for_one_thing() -> None:
    stems = [path.stem for path in MODULES if path.relative_to(SOURCE).parts[0] not in FACES]
    assert {stem for stem, times in Counter(stems).items() if times > 1} <= {"__init__", "__main__"}


def test_few_lines_are_spent_on_imports() -> None:
    lines = imports = 0
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        lines += len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                imports += (node.end_lineno or node.lineno) - node.lineno + 1
    assert imports / lines <= MOST_IMPORTS
