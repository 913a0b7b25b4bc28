"""What was asked before, to be brought back; it ends with the chat."""

from __future__ import annotations


class History:
    """The messages of one conversation, and where between them the visitor stands."""

    def __init__(self) -> None:
        """Begin empty."""
        self._past: list[str] = []
        self._at = 0
        self._draft = ""

    def add(self, text: str) -> None:
        """Remember a message, and stand behind it; the same one twice in a row counts once."""
        if text.strip() and (not self._past or self._past[-1] != text):
            self._past.append(text)
        self._at = len(self._past)
        self._draft = ""

    def move(self, step: int, now: str) -> str | None:
        """Return the message a step away, at the end the draft again; None where there is none."""
        index = self._at + step
        if not 0 <= index <= len(self._past):
            return None
        if self._at == len(self._past):
            self._draft = now
        self._at = index
        return self._past[index] if index < len(self._past) else self._draft

    def find(self, words: str) -> list[str]:
        """Return the messages that hold all the words, the latest first, each once."""
        wanted = words.casefold().split()
        return [text for text in dict.fromkeys(reversed(self._past)) if all(word in text.casefold() for word in wanted)]
