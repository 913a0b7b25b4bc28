from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.errors import IndexFileError
from dimchat.match import Matcher, Options, matcher

from .conftest import PHRASES

if TYPE_CHECKING:
    from pathlib import Path

LINES = [(text, name) for name, texts in PHRASES.items() for text in texts]
ASKED = ("what do managers earn", "manger salery", "not the license of a sonografer", "xqzt")


def fitted(**options: Any) -> Matcher:
    return Matcher.fit(*zip(*LINES, strict=True), options=Options(encoder=False, **options))


def answers(one: Matcher) -> list[Any]:
    return [one.rank(text) for text in ASKED]


CHANGED = {
    "spelling_shortest": 40,
    "terms": 0.5,
    "letters": 0.0,
    "pairs": 3.0,
    "meanings": 3.0,
    "penalty": 0.2,
    "intercept": -1.2,
    "epochs": (1, 1, 1),
    "bayes": 2.0,
    "smoothing": 3.0,
    "half_covered": 3.0,
    "misspelt_covered": 1.0,
    "sharpness": 1.0,
    "rivals": 2,
    "most_content": 1,
    "coefficients": (0.0, 3.0, 4.0, 0.2, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "many_phrases": 0,
    "most_weights": 60,
    "denied": 0,
    "spelling_long": 40,
}


@pytest.mark.parametrize("name", CHANGED)
def test_an_option_changes_what_is_found_and_is_saved_with_the_matcher(name: str, tmp_path: Path) -> None:
    one = fitted(**{name: CHANGED[name]})
    assert answers(one) != answers(fitted()), "an option that changes nothing is none"
    one.save(tmp_path / "one")
    there = Matcher.load(tmp_path / "one")
    assert there.options == one.options
    assert answers(there) == answers(one)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"letters": "1"},
        {"letters": None},
        {"rivals": 2.5},
        {"coefficients": [1.0]},
        {"coefficients": [*Options().coefficients[:-1], "x"]},
        {"another": 1},
    ],
)
def test_options_of_another_kind_are_refused(spoilt: dict[str, Any]) -> None:
    data = json.loads(json.dumps(Options()._asdict()))
    assert Options.from_data(data) == Options()
    with pytest.raises(ValueError, match="no options"):
        Options.from_data(data | spoilt)
    saved = Options(**{name: spoilt[name] for name in spoilt if name != "another"})
    one = fitted()
    one.options = saved
    if "another" not in spoilt:
        with pytest.raises(IndexFileError):
            Matcher.from_bytes(one.to_bytes())


def test_a_missing_option_is_refused() -> None:
    data = Options()._asdict()
    del data["ridge"]
    with pytest.raises(ValueError, match="no options"):
        Options.from_data(data)


def test_a_matcher_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = fitted().to_bytes()
    monkeypatch.setattr(matcher, "FORMAT", 99)
    with pytest.raises(IndexFileError, match="another version"):
        Matcher.from_bytes(data)
