"""dimchat answers questions from a curated, sourced answer set and generates nothing.

`open_assistant` is the way in; docs/api.md has the rest.

>>> from dimchat import open_assistant
>>> reply, context = open_assistant().ask("how often do I renew the CRA")
>>> reply.intents
('cra.renewal',)
"""

__version__ = "0.2.0"

TYPE_CHECKING = False  # what `typing` has takes longer to import than all of this
if TYPE_CHECKING:
    from dimchat.dialogue import Assistant
    from dimchat.errors import DimchatError
    from dimchat.index import open_assistant
    from dimchat.match import Matcher, Options
    from dimchat.model import Context, Pack, Reply

__all__ = ["Assistant", "Context", "DimchatError", "Matcher", "Options", "Pack", "Reply", "open_assistant"]

_HOMES = {
    "Assistant": "dialogue",
    "Context": "model",
    "DimchatError": "errors",
    "Matcher": "match",
    "Options": "match",
    "Pack": "model",
    "Reply": "model",
    "open_assistant": "index",
}


def __getattr__(name: str) -> object:
    """Import what is asked for.

    Raises:
        AttributeError: There is nothing of that name.
    """
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - `import dimchat` alone needs none of it

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
