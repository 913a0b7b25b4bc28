"""What meaning costs: nothing where words decide, two texts at most where a message leans on another."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dimchat import open_assistant
from dimchat.match import encoder
from dimchat.model import Context

TALKS = (
    ("what is the CRA", "how often do i renew it", "what does it cost", "and the other one?", "is it worth it"),
    ("how much does a manager earn", "and the hours?", "what about texas", "why is that so much less", "lol ok"),
    ("do i need a degree", "which one", "would a business one do as well", "not the masters", "how long does it take"),
)
BY_WORDS, BY_MEANING = "how often do I renew the CRA", "could you have small kids and do this"
ASK = """
import json, os, sys
from dimchat import open_assistant
from dimchat.match.encoder import encoder
assistant = open_assistant()
assistant.ask(sys.argv[1])
kept = int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
print(json.dumps([encoder.cache_info().currsize, kept]))
"""


def test_a_message_in_a_conversation_encodes_at_most_two_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    encode = encoder.Encoder.encode

    def counting(self: encoder.Encoder, texts: list[str]) -> encoder.Vectors:
        asked.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(encoder.Encoder, "encode", counting)
    assistant, counts = open_assistant(), []
    for talk in TALKS:
        context = Context()
        for message in talk:
            asked.clear()
            _, context = assistant.ask(message, context)
            counts.append(len(asked))
    assert 1 <= max(counts) <= 2


@pytest.mark.skipif(sys.platform != "linux", reason="tells memory as Linux does")
def test_who_asks_what_words_decide_pays_nothing_for_the_encoder() -> None:
    open_assistant()  # its index is there

    def asked(question: str) -> list[int]:
        told = subprocess.run(
            [sys.executable, "-P", "-c", ASK, question],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            capture_output=True,
            check=True,
        )
        found: list[int] = json.loads(told.stdout)
        return found

    (loaded, memory), (also, more) = asked(BY_WORDS), asked(BY_MEANING)
    assert (loaded, also) == (0, 1)
    assert more - memory <= 150  # MB
