from __future__ import annotations

import gc
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dimchat.index import open_assistant
from dimchat.match.encoder import encoder
from dimchat.model import Context
from dimchat.visit.sharing import give_back, work_out
from dimchat.web.visitor.__main__ import loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class Leaf:
    @cached_property
    def shape(self) -> list[str]:
        return ["green"]


Leaf.__module__ = "dimchat.example"


def test_what_is_worked_out_once_is_worked_out_wherever_it_hangs() -> None:
    leaves = [Leaf() for _ in range(4)]

    def hangs_on() -> Leaf:
        return leaves[2]

    work_out({"a": [leaves[0]], "b": (leaves[1],)}, hangs_on)
    assert ["shape" in vars(leaf) for leaf in leaves] == [True, True, True, True]
    work_out(leaves[3])


def test_what_a_function_keeps_of_its_calls_is_worked_out_as_well() -> None:
    @cache
    def made() -> Leaf:
        return Leaf()

    work_out(made)
    leaf = made()
    assert "shape" not in vars(leaf)
    work_out(made)
    assert "shape" in vars(leaf)


def test_asking_fills_nothing_that_lives_longer_than_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    assistant, context = loaded(open_assistant()), Context()
    work_out(assistant, encoder)
    lasting = {id(one) for one in gc.get_objects()}
    filled: list[str] = []
    get: Callable[..., object] = cached_property.__get__

    def told(self: cached_property[object], instance: object, owner: type | None = None) -> object:
        if id(instance) in lasting:
            filled.append(f"{type(instance).__name__}.{self.attrname}")
        return get(self, instance, owner)

    monkeypatch.setattr(cached_property, "__get__", told)
    for text in ("what is the CRA", "what is t2 relaxation", "how often do I renew it", "pay in texas", "call 911"):
        _, context = assistant.ask(text, context)
    assert filled == []


def test_memory_can_be_given_back_at_any_time() -> None:
    give_back()
    give_back()
