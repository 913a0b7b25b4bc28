"""What the visitor said."""

from __future__ import annotations

from textual.content import Content

from dimchat.apps.chat.flow import Flow, Line
from dimchat.apps.chat.text import LONGEST, visible
from dimchat.wording import chat as words


class Question(Flow, inherit_bindings=False):
    """The visitor's words, plain and indented, with "you" at the right."""

    def __init__(self, text: str) -> None:
        """Take the words; a very long message is cut, and says so."""
        body = Content(visible(text[:LONGEST], keep_lines=True))
        if len(text) > LONGEST:
            body += Content(" " + words.CHAT_CUT.format(count=len(text) - LONGEST)).stylize("$quiet")
        super().__init__([Line(body, tail=Content(words.CHAT_YOU).stylize("$quiet"))])
        self.text = visible(text)
