"""The `.qna` files of Bot Framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.errors import UsageError
from dimchat.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dimchat.exchange.knowledge import KnowledgeBase

    Import = Callable[..., int]
    ReadText = Callable[[str, str | bytes, str], KnowledgeBase]

FILE = """\
> # our library

> !# @qna.pair.source = https://example.org/join
<a id = "1"></a>

# ? how do i join
- becoming a member
- can i get a card?

**Filters:**
- desk = front
- for = all

```markdown
Come in:

- with a card
- or without

```
ring()
```
```
**Prompts:**
- [Late fees](#2) `context-only`
- [Opening hours](#?opening-hours)

<a id = "2"></a>
### ? what do late books cost
```
A coin a day.
```

# ? opening hours
```markdown
From 9.
```

$fee : qna-alterations=
- fine
- charge
"""


def test_a_file_is_read_whole(read_text: ReadText) -> None:
    base = read_text("qna", FILE, "kb.qna")
    join, fees, hours = base.entries
    assert join.questions == ["how do i join", "becoming a member", "can i get a card?"]
    assert join.answers == ["Come in:\n\n- with a card\n- or without\n\n```\nring()\n```"]
    assert join.metadata == {"desk": "front", "for": "all"}
    assert [(prompt.text, prompt.key) for prompt in join.prompts] == [
        ("Late fees", "2"),
        ("Opening hours", "opening hours"),
    ]
    assert (fees.follows, fees.answers, hours.key) == (["1"], ["A coin a day."], "opening hours")
    assert base.synonyms == [("fee", "fine", "charge")]
    assert base.losses == []


def test_what_the_file_only_refers_to_is_lost_with_its_line(read_text: ReadText) -> None:
    text = "[more](./other.qna)\n> !# @kb.name = x\n# ? q one\n```\na\n```\n**Prompts:**\n- [gone](#9)\n- odd\n"
    base = read_text("qna", text, "kb.qna")
    assert [loss.where for loss in base.dropped] == ["kb.qna:1", "kb.qna:2", "kb.qna:9", "kb.qna:3"]
    assert len(base.entries) == 1


def test_an_answer_that_is_never_closed_is_refused(read_text: ReadText) -> None:
    with pytest.raises(UsageError, match=r"kb\.qna:2: an answer is opened here"):
        read_text("qna", "# ? q\n```\na\n", "kb.qna")


def test_small_talk_alone_is_a_category(bring_in: Import, tmp_path: Path) -> None:
    text = "> !# @qna.pair.source = qna_chitchat_witty\n# ? do you sleep\n- are you tired\n```\nNever.\n```\n"
    assert bring_in("qna", text, "talk.qna") == 0
    assert [one.id for one in load_pack(tmp_path / "x").browsable] == ["small_talk.sleep"]
    # A second time it stays where it was put.
    assert bring_in("qna", text, "talk.qna") == 0
    assert [one.id for one in load_pack(tmp_path / "x").browsable] == ["small_talk.sleep"]
