"""A pack of which the answers alone were edited is read as if all of it had been read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimchat.errors import PackError
from dimchat.files.yaml import parse
from dimchat.index import open_pack
from dimchat.index.prebuilt import opened
from dimchat.pack import load_pack

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.files.yaml import Node
    from dimchat.model import Pack
    from dimchat.pack.rules import Report

EDITS = (
    ("answers/shop.yaml", "nine", "ten"),
    ("answers/shop.yaml", "- id: shop.returns", "- id: shop.return"),
    ("answers/shop.yaml", "- id: shop.returns", "# a comment\n\n- id: shop.returns"),
    ("answers/shop.yaml", "- id: shop.hours\n", "- id: shop.hours\n  draft: true\n"),
    ("answers/shop.yaml", "short:", "shrt:"),
    ("answers/shop.yaml", "[@sign", "[@sing"),
    ("intents/shop.yaml", "return policy", "return policies"),
    ("intents/shop.yaml", "- shop.returns", "- shop.nothing"),
    ("pack.yaml", "title: ", "title: The "),
)


def read(root: Path, before: Pack | None = None) -> object:
    try:
        pack = load_pack(root, before)
    except PackError as error:
        return error.problems
    return pack, pack.digest, pack.learning_digest, pack.fingerprint, pack.learnt_bytes


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_read_the_same_with_and_without_what_was_read_before(toy: Path, edit: tuple[str, str, str]) -> None:
    before = open_pack(toy)[0]
    name, old, new = edit
    text = (toy / name).read_text(encoding="utf-8")
    (toy / name).write_text(text.replace(old, new), encoding="utf-8")
    assert read(toy, before) == read(toy)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.text(max_size=6)), min_size=1, max_size=4))
def test_any_edit_of_answers_is_read_the_same(toy: Path, edits: list[tuple[int, str]]) -> None:
    file = toy / "answers/shop.yaml"
    whole = file.read_text(encoding="utf-8")
    before = load_pack(toy)
    try:
        text = whole
        for at, new in edits:
            text = text[: at % len(text)] + new + text[at % len(text) :]
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        assert read(toy, before) == read(toy)
    finally:
        file.write_text(whole, encoding="utf-8")


def test_a_draft_that_is_none_any_more_is_found(toy: Path) -> None:
    file = toy / "answers/shop.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- id: shop.returns\n", "- id: shop.returns\n  draft: true\n"), encoding="utf-8")
    (toy / "pack.yaml").write_text(f"format: 2\n{(toy / 'pack.yaml').read_text(encoding='utf-8')}", encoding="utf-8")
    before = load_pack(toy)
    assert before.drafts == ("shop.returns",)
    file.write_text(text, encoding="utf-8")
    assert read(toy, before) == read(toy)
    assert "shop.returns" in load_pack(toy, before).answer


def test_after_an_edit_of_an_answer_the_files_of_phrases_are_not_parsed(
    toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(toy)
    file = toy / "answers/shop.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("nine", "ten"), encoding="utf-8")
    parsed: list[str] = []

    def noted(data: bytes, name: str, report: Report) -> Node | None:
        parsed.append(name)
        return parse(data, name, report)

    monkeypatch.setattr("dimchat.pack.entries.parse", noted)
    pack = opened(toy).pack
    assert "intents/shop.yaml" not in parsed
    assert "answers/shop.yaml" in parsed
    assert pack == load_pack(toy)
    assert [len(intent.phrases) for intent in pack.own] == [len(intent.phrases) for intent in load_pack(toy).own]
