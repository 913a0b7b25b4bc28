from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dimchat.files.yaml import ListNode, MapNode, Node, TextNode, parse, take
from dimchat.pack import RULES, schemas
from dimchat.pack.formats import EXPECTATIONS, FORMATS
from dimchat.pack.rules import Report

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schema"

KIND_OF = {
    "pack.yaml": "pack",
    "intents/vocabulary.yaml": "vocabulary",
    "intents/outside.yaml": "outside",
    "answers/sources.yaml": "sources",
    "answers/values.yaml": "values",
    "answers/conversation.yaml": "texts",
    "answers/safety.yaml": "texts",
}
SHIPPED = sorted(
    str(path.relative_to(ROOT).as_posix())
    for pattern in ("pack.yaml", "intents/*.yaml", "answers/*.yaml", "tests/cases/*.yaml")
    for path in ROOT.glob(pattern)
)


def as_an_editor_sees_it(node: Node | None) -> Any:
    match node:
        case MapNode():
            return {key: as_an_editor_sees_it(value) for key, (_, value) in node.entries.items()}
        case ListNode():
            return [as_an_editor_sees_it(item) for item in node.items]
        case TextNode():
            if not node.style and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|true|false|null", node.text):
                return json.loads(node.text)
            return node.text
    return None


def kind_of(name: str) -> str:
    folder = name.rpartition("/")[0]
    return KIND_OF.get(name) or {"intents": "intents", "answers": "answers", "tests/cases": "cases"}[folder]


def validate(value: Any, name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = schemas()[name]
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_committed_schemas_are_those_of_the_code(name: str) -> None:
    committed = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert committed == json.dumps(schemas()[name], indent=2, ensure_ascii=False) + "\n"


def test_no_schema_is_left_over() -> None:
    assert sorted(path.stem for path in SCHEMAS.iterdir()) == sorted([*FORMATS, "openapi", "reply"])


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_fits_its_schema(name: str) -> None:
    node = parse((ROOT / name).read_bytes(), name, Report())
    validate(as_an_editor_sees_it(node), kind_of(name))


AGREE = [
    ("outside", "- id: outside.a\n  title: b\n  phrases:\n    - c\n", True),
    ("outside", "- id: outside.a\n  title: b\n  phrases:\n    - 42\n    - true\n", True),
    ("outside", "- id: inside.a\n  title: b\n  phrases:\n    - c\n", False),
    ("outside", "- id: outside.a\n  title: b\n", False),
    ("outside", "- id: outside.a\n  titel: b\n  title: b\n  phrases:\n    - c\n", False),
    ("outside", "- id: outside.a\n  title: b\n  phrases: c\n", False),
    ("outside", "- id: outside.a\n  title: ''\n  phrases:\n    - c\n", False),
    ("pack", "name: a\ntitle: b\nversion: 1.5\nlanguage: en\ncategories:\n  a: b\n  c:\n    title: d\n", True),
    ("pack", "name: a b\ntitle: b\nversion: 1\nlanguage: en\ncategories:\n  a: b\n", False),
    ("pack", "name: a\ntitle: b\nversion: 1\nlanguage: en\nwrong_cost: 2.5\ncategories:\n  a: b\n", True),
    ("pack", "name: a\ntitle: b\nversion: 1\nlanguage: en\nwrong_cost: -2\ncategories:\n  a: b\n", False),
    ("pack", "name: a\ntitle: b\nversion: 1\nlanguage: en\ncategories:\n  A: b\n", False),
    ("pack", "name: a\ntitle: b\nversion: 1\nlanguage: en\ncategories:\n  a:\n    abut: b\n", False),
    ("answers", "- id: a.b\n  short: c\n  text: |\n    d\n  reviewed: 2026-11-24\n", True),
    ("answers", "- id: a.b\n  short: c\n  text: d\n  reviewed: 2026-13-24\n", False),
    ("vocabulary", "topics:\n  - id: a\n    kind: person\n    names:\n      - b\n", True),
    ("vocabulary", "topics:\n  - id: a\n    kind: a robot\n    names:\n      - b\n", False),
    ("sources", "- id: a-b\n  type: book\n  title: c\n  URL: https://x.org\n", True),
    ("sources", "- id: a-b\n  type: book\n  title: c\n  URL: ftp://x.org\n", False),
    ("cases", "- intent: a.b\n  ask:\n    - c\n  contains: d\n  cites: [e-f]\n  margin: 0.5\n", True),
    ("cases", "- turns:\n    - ask: a\n      kind: decline\n", True),
    ("cases", "- intent: a.b\n", False),
    ("cases", "- intent: a.b\n  ask:\n    - c\n  turns:\n    - ask: d\n", False),
    ("cases", "- kind: refuse\n  ask:\n    - c\n", False),
]


@pytest.mark.parametrize(("kind", "text", "good"), AGREE)
def test_loader_and_schema_agree(kind: str, text: str, *, good: bool) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    report = Report()
    node = parse(text.encode(), "x.yaml", report)
    assert node is not None
    take(node, FORMATS[kind][1], report)
    assert (not report.errors) is good
    if good:
        validate(as_an_editor_sees_it(node), kind)
    else:
        with pytest.raises(jsonschema.ValidationError):
            validate(as_an_editor_sees_it(node), kind)


def test_every_rule_is_described() -> None:
    assert all(rule.name == name and rule.description for name, rule in RULES.items())
    assert {rule.severity for rule in RULES.values()} == {"error", "warning", "notice"}


def test_the_keys_that_expect_something_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    assert [key for key in EXPECTATIONS if f"`{key}`" not in text] == []
