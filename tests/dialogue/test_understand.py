"""The first stage: a message to what it says by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dimchat.dialogue import Assistant

SAYS: dict[str, dict[str, Any]] = {
    "What's the CRA?": {"tokens": ("what", "is", "the", "cra"), "topics": ("cra",), "aspects": ("overview",)},
    "and for sonographers?": {"frames": ("follow", "same"), "words": ("sonographers",), "topics": ("sonographer",)},
    "how often do i renew it": {"aspects": ("renewal",), "pronouns": ("it",), "topics": ()},
    "how hard is it to get the exam": {"pronouns": (), "aspects": ("exam",), "residue": ("hard",)},
    "not the cra, the arrt": {"rejected": ("cra",), "topics": ("arrt",), "frames": ("correct",)},
    "thanks, and the exam?": {"own": ("and", "the", "exam"), "smalltalk": None, "aspects": ("exam",)},
    "hello and thank you": {"smalltalk": "conversation.thanks", "final": True},
    "who has built you": {"smalltalk": "conversation.about", "final": False},
    "i don't want to know the pay, just the hours": {"wanted": ("the", "hours"), "aspects": ("hours",)},
    "does it dissolve in vinegar": {"residue": ("dissolve", "vinegar"), "pronouns": ("it",)},
    "the second one please": {"selection": 2},
    "none of these": {"selection": 0},
    "the last one": {"selection": -1},
    "what does she make": {"words": ("what", "does", "she", "earn"), "aspects": ("pay",), "pronouns": ("she",)},
    "i have chest pain": {"alarm": "safety.emergency", "doubtful": False},
    "my blorf has chest pain": {"alarm": "safety.emergency", "doubtful": True},
    "CRA here for ten years, want the ARRT": {"topics": ("cra", "arrt"), "held": ("cra",)},
    "i am a sonographer, how do i become a director": {"held": ("sonographer",)},
    "how do i become a sonographer in two years": {"topics": ("sonographer",), "held": ()},
    "i am a sonographer, is a sonographer paid well": {"held": ()},
    "?!": {"tokens": (), "words": (), "topics": ()},
}


@pytest.mark.parametrize(("text", "says"), SAYS.items(), ids=SAYS)
def test_message_says(assistant: Assistant, text: str, says: dict[str, Any]) -> None:
    analysis = assistant.understand(text)
    message = analysis.message
    found = {
        **analysis._asdict(),
        **message._asdict(),
        "alarm": analysis.alarm and analysis.alarm.intent,
        "topics": message.topic_ids,
        "aspects": message.aspect_ids,
        "pronouns": tuple(message.words[at] for at in message.pronouns),
    }
    assert {name: found[name] for name in says} == says


def test_analysis_does_not_depend_on_what_was_said_before(assistant: Assistant) -> None:
    before = assistant.understand("and the exam?")
    assistant.ask("what is the cra")
    assert assistant.understand("and the exam?") == before
