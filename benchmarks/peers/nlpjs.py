"""nlp.js as its documentation trains it, in a process of Node: `NODE_PATH` says where its packages are."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peers import Guess

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPT = Path(__file__).with_name("nlpjs.js")


class NlpJs:
    """With its defaults, but that the best intent counts however unsure it is."""

    language = "en"

    def fit(self, phrases: Sequence[str], intents: Sequence[str]) -> None:
        """Start Node, hand it the phrases, and wait until it has learnt them."""
        node = shutil.which("node")
        if node is None:
            raise ModuleNotFoundError("node")
        pipe = subprocess.PIPE
        self._node = subprocess.Popen([node, str(SCRIPT)], stdin=pipe, stdout=pipe, text=True, encoding="utf-8")  # noqa: S603
        lines = list(zip(phrases, intents, strict=True))
        if self._said({"language": self.language, "lines": lines}) != "learnt":
            raise ModuleNotFoundError(f"@nlpjs/basic, @nlpjs/lang-{self.language}")

    def ask(self, text: str) -> Guess:
        """Return the intent with the highest score."""
        intent, score = self._said({"text": text})
        return Guess(intent, score)

    def _said(self, message: object) -> Any:  # noqa: ANN401 - what JSON says
        if self._node.stdin is None or self._node.stdout is None:
            raise RuntimeError("Node has no pipes")
        self._node.stdin.write(json.dumps(message) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        return json.loads(line) if line else None
