from __future__ import annotations

import compileall
import gc
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import dimchat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    WriteFiles = Callable[[Path, Mapping[str, str]], None]

# How long an example takes says more of the machine's other work than of ours; of speed, benchmarks tell.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


@pytest.fixture(autouse=True)
def _unlimited() -> Iterator[None]:
    """Take back the processor time that a visit's code allows its process: here that is the one of all tests."""
    if sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415 - not there on Windows

    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    resource.setrlimit(resource.RLIMIT_CPU, before)


TOY = {
    "pack.yaml": """\
name: toy
title: Toy Shop
version: "1"
language: en
default_topic: shop
categories:
  shop: The shop
""",
    "intents/shop.yaml": """\
- id: shop.hours
  title: When are you open?
  phrases:
    - opening hours
    - when do you open
    - what time do you close
    - are you open on sunday
    - how late can i come
    - closing time today
    - which days is the store open
    - do you open at nine
  next:
    - shop.returns
- id: shop.returns
  title: How do I return a toy?
  phrases:
    - return policy
    - can i bring a toy back
    - i want my money back
    - exchange a broken doll
    - how do refunds work
    - take back an unwanted gift
    - refund without a receipt
    - swap it for another one
  next:
    - shop.hours
""",
    "intents/vocabulary.yaml": """\
topics:
  - id: shop
    kind: place
    names:
      - shop
      - store
aspects:
  - id: hours
    title: hours
    cues:
      - open
      - hours
  - id: returns
    title: returns
    cues:
      - return
      - refund
""",
    "intents/outside.yaml": """\
- id: outside.weather
  title: the weather
  phrases:
    - will it rain tomorrow
    - how cold is it
    - is the sun out
    - weather forecast for monday
""",
    "answers/shop.yaml": """\
- id: shop.hours
  short: From nine to six. [@sign]
  text: |
    The shop opens at nine and closes at six [@sign, front].
- id: shop.returns
  short: Bring it back with the receipt. [@sign]
  text: |
    Bring the toy and the receipt to the desk [@sign, back].
""",
    "answers/sources.yaml": """\
- id: sign
  type: document
  title: The sign on the door
""",
    "tests/cases/shop.yaml": """\
- intent: shop.hours
  tags:
    - hours
  ask:
    - until when are you open today
    - what are the hours
- turns:
    - ask: return policy
      intent: shop.returns
      cites:
        - sign
    - ask: and the hours
      intent: shop.hours
- kind: decline
  ask:
    - will it rain on monday
""",
}


CACHE = "DIMCHAT_CACHE"

# Rewriting assertions is most of what collecting costs: do it once, also where the environment asks for no bytecode.
sys.dont_write_bytecode = False


def pytest_configure(config: pytest.Config) -> None:
    """Keep the prebuilt indexes of the tests away from the user's own, and share them among the workers of a run."""
    if hasattr(config, "workerinput"):
        return  # a worker inherits the cache of the run
    before = os.environ.get(CACHE)
    folder = tempfile.TemporaryDirectory(prefix="dimchat-tests-", ignore_cleanup_errors=True)
    os.environ[CACHE] = folder.name

    def restore() -> None:
        folder.cleanup()
        if before is None:
            del os.environ[CACHE]
        else:
            os.environ[CACHE] = before

    config.add_cleanup(restore)


LARGE = 1_000_000
"""Bytes; of all the packs here only the bundled one has an index of that size."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Keep the bundled pack's index, which takes seconds to learn, from making way for those of the tests' packs."""
    cache = Path(os.environ[CACHE])
    for file in cache.glob("*.index"):
        with suppress(OSError):  # another worker's test replaces it
            found = file.stat()
            if found.st_size > LARGE and found.st_mtime < time.time():
                os.utime(file, (time.time() + 86400,) * 2)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Do once what each test would do again."""
    # Thousands of items live until the end: the garbage collector need not walk them each time, nor look so often.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    share_stylesheets(sys.modules.get("textual.css.stylesheet"))
    # Hundreds of processes start the program; they may write no bytecode, and each would compile it for itself.
    compileall.compile_dir(str(Path(dimchat.__file__).parent), quiet=2)


def share_stylesheets(module: Any) -> None:
    """Let apps share what was parsed of the style sheets, which are the same for each: Textual parses them for each."""
    if module is None:
        return
    parsed, make = module.LRUCache(4096), module.Stylesheet.__init__

    def init(self: Any, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **named)
        self._parse_cache = parsed

    module.Stylesheet.__init__ = init


@pytest.fixture(scope="session", autouse=True)
def _no_repository_around() -> Iterator[None]:
    """Let a hook of git that runs the tests name no repository to them: some make one of their own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        yield


@pytest.fixture
def write_files() -> WriteFiles:
    """Write texts into the files of these names below a folder."""

    def write(folder: Path, texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def toy(tmp_path: Path, write_files: WriteFiles) -> Path:
    """A pack of two intents with cases, in a folder that a test may change."""
    root = tmp_path / "toy"
    write_files(root, TOY)
    return root


TINY = {
    "pack.yaml": """\
name: tiny
title: Tiny
version: 1.0.0
language: en
default_topic: manager
wrong_cost: 3
elsewhere: ask a friend
categories:
  role:
    title: The job
    about: what they do
""",
    "intents/role.yaml": """\
# a comment that stays
- id: manager.pay
  title: What does a manager earn?
  phrases:
    - how much does a manager make
    - salary of the boss     # kept
    - manager wages per year
    - yes
  not:
    - how do managers pay their staff
  next:
    - manager.hours
- id: manager.hours
  title: When does a manager work?
  phrases:
    - working hours of a manager
    - do managers work at night
    - how long is a shift
""",
    "intents/conversation.yaml": """\
- id: conversation.thanks
  title: Thanks
  phrases:
    - thank you
    - thanks a lot
""",
    "intents/safety.yaml": """\
- id: safety.emergency
  title: An emergency
  phrases:
    - my chest hurts
    - call an ambulance
  cues:
    - chest pain|pains
  unless:
    - this job is a pain
""",
    "intents/vocabulary.yaml": """\
topics:
  - id: manager
    kind: person
    names:
      - manager
      - boss
aspects:
  - id: pay
    title: pay
    cues:
      - salary
  - id: hours
    title: hours
    cues:
      - shift
synonyms:
  - word: salary
    also:
      - paycheck
filler:
  - please
""",
    "intents/outside.yaml": """\
- id: outside.weather
  title: the weather
  phrases:
    - what is the weather
    - will it rain
""",
    "answers/role.yaml": """\
- id: manager.pay
  short: A lot. [@guide]
  text: |
    A lot of money. [@guide, page 3]
  reviewed: 2026-11-24
  review_by: 2027-11-24
- id: manager.hours
  short: Days. [@guide]
  text: |
    Mostly in the day. [@guide]
  reviewed: 2026-11-24
  review_by: 2027-11-24
""",
    "answers/conversation.yaml": """\
- id: conversation.thanks
  texts:
    - You are welcome.
    - Any time.
""",
    "answers/safety.yaml": """\
- id: safety.emergency
  texts:
    - Call for help now.
    - Call for help first.
""",
    "answers/sources.yaml": """\
- id: guide
  type: webpage
  title: A guide
  publisher: Someone
  URL: https://example.org/guide
  accessed: "2026-11-24"
""",
    "tests/cases/role.yaml": """\
- intent: manager.pay
  ask:
    - what is the manager salary   # stays
- intent: manager.hours
  ask:
    - manager shift hours
""",
}
"""A pack of two answers, to be changed and to be broken."""


@pytest.fixture
def tiny_pack(tmp_path: Path, write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small pack of one's own, and a cache of one's own beside it."""
    folder = tmp_path / "pack"
    write_files(folder, TINY)
    monkeypatch.setenv("DIMCHAT_CACHE", str(tmp_path / "cache"))
    return folder
