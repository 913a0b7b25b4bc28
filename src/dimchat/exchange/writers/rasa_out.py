"""A project of Rasa 3: training data, domain, rules and test stories.

Answers are retrieval intents, which is Rasa's way for FAQs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.errors import PackError
from dimchat.exchange.naming import title_of
from dimchat.files.yaml.write import Prose, dumped
from dimchat.model import GROUPS
from dimchat.quality.cases import load_items
from dimchat.wording import exchange as wording

if TYPE_CHECKING:
    from dimchat.exchange.knowledge import Entry, KnowledgeBase
    from dimchat.model import Pack

_VERSION = "3.1"
_OUT_OF_SCOPE = "out_of_scope"
_UNANSWERED = "utter_out_of_scope"
_CONFIG: dict[str, Any] = {
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100},
    ],
    "policies": [{"name": "RulePolicy"}],
}


def to_rasa(base: KnowledgeBase, pack: Pack) -> dict[str, bytes]:
    """Return the files of a project by name.

    Args:
        base: What the pack says.
        pack: Whose cases become test stories.
    """
    training: list[dict[str, Any]] = []
    responses: dict[str, Any] = {}
    groups: list[str] = []
    for entry in base.entries:
        name = intent_of(entry.id)
        group = name.partition("/")[0]
        groups += [group] if group not in groups else []
        training.append(_training(entry, name))
        if entry.role != "outside":
            responses[f"utter_{name}"] = _ways(entry)
        if entry.follows:
            base.lose(entry.key, wording.AT_ANY_TIME.format(ids=", ".join(entry.follows)), dropped=False)
    training += [{"synonym": first, "examples": _examples(rest)} for first, *rest in base.synonyms]
    spoken = [group for group in groups if group != _OUT_OF_SCOPE]
    if base.fallback or _OUT_OF_SCOPE in groups:
        responses[_UNANSWERED] = [{"text": _text(text)} for text in base.fallback or [wording.OUT_OF_SCOPE]]
    rules = [{"rule": group, "steps": [{"intent": group}, {"action": f"utter_{group}"}]} for group in spoken]
    if _OUT_OF_SCOPE in groups:
        rules.append({"rule": _OUT_OF_SCOPE, "steps": [{"intent": _OUT_OF_SCOPE}, {"action": _UNANSWERED}]})
    selectors = [{"name": "ResponseSelector", "retrieval_intent": group, "epochs": 100} for group in groups]
    config = {"recipe": "default.v1", "language": base.language, **_CONFIG}
    config["pipeline"] = [*_CONFIG["pipeline"], *selectors]
    files = {
        "config.yml": dumped(config),
        "domain.yml": dumped({"version": _VERSION, "intents": groups, "responses": responses}),
        "data/nlu.yml": dumped({"version": _VERSION, "nlu": training}),
        "data/rules.yml": dumped({"version": _VERSION, "rules": rules}),
    }
    stories = _stories(pack, base)
    if stories:
        files["tests/test_stories.yml"] = dumped({"version": _VERSION, "stories": stories})
    return {name: text.encode() for name, text in files.items()}


def intent_of(name: str) -> str:
    """Return the name of a retrieval intent: `topic/aspect`.

    >>> intent_of("cra.renewal"), intent_of("outside.weather")
    ('cra/renewal', 'out_of_scope/weather')
    """
    group, _, rest = name.partition(".")
    return f"{_OUT_OF_SCOPE if group == GROUPS[2] else group}/{rest}"


def _training(entry: Entry, name: str) -> dict[str, Any]:
    questions = entry.questions or [entry.title]
    about: dict[str, Any] = {}
    if entry.title and entry.title != title_of(questions[0]):
        about["title"] = entry.title
    if entry.category:
        about["category"] = entry.category
    if entry.sources:
        about["sources"] = entry.sources
    about |= {key: _text(value) for key, value in entry.metadata.items()}
    made: dict[str, Any] = {"intent": name}
    if about:
        made["metadata"] = about
    return {**made, "examples": _examples(questions)}


def _examples(texts: list[str] | tuple[str, ...]) -> str:
    return Prose("".join(f"- {text}\n" for text in texts))


def _text(text: str) -> str:
    return Prose(text) if "\n" in text else text


def _ways(entry: Entry) -> list[dict[str, Any]]:
    """Return the answers as variations of a response; the buttons stand with the first."""
    ways: list[dict[str, Any]] = [{"text": _text(text)} for text in entry.answers]
    if entry.prompts:
        ways[0]["buttons"] = [{"title": one.text, "payload": f"/{intent_of(one.key)}"} for one in entry.prompts]
    return ways


def _stories(pack: Pack, base: KnowledgeBase) -> list[dict[str, Any]]:
    """Return a test story for each case of one question that expects an answer."""
    try:
        items = load_items((), Path(pack.root), pack)
    except PackError as error:
        base.lose("tests/cases", str(error.problems[0]))
        return []
    stories = []
    for item in items:
        name = item.expect.intent
        if name is None or item.after or item.xfail or name not in pack.intent or pack.intent[name].lent:
            continue
        intent = intent_of(name)
        steps = [{"user": _text(item.ask), "intent": intent}, {"action": f"utter_{intent.partition('/')[0]}"}]
        stories.append({"story": f"{item.place.file}:{item.place.line}", "steps": steps})
    left = len(items) - len(stories)
    if left:
        base.lose("tests/cases", wording.COUNTED.format(what=wording.CASES_LEFT, count=left))
    return stories
