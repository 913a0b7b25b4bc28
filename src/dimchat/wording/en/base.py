"""What the base under every pack says, in English: small talk and safety by the ids of intents, and what fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    "base.conversation.greeting": (
        "Hello. What would you like to know?",
        "Hi. Ask me a question in your own words.",
        "Hello again. What would you like to know?",
    ),
    "base.conversation.thanks": (
        "You are welcome. Ask on if there is more.",
        "Glad it helped.",
        "My pleasure. Anything else?",
    ),
    "base.conversation.goodbye": (
        "Goodbye.",
        "Take care. Come back whenever a new question turns up.",
        "Bye. I hope some of it was of use.",
    ),
    "base.conversation.help": (
        (
            "Ask a question in your own words; a few are enough. After an answer, “tell me more” and “where is that "
            "from?” work too. If I am not sure what you mean, I offer choices. These are my topics:"
        ),
        "I look for the answer that was written for your question. Ask in your own words, or pick a topic:",
    ),
    "base.conversation.about": (
        (
            "I am dimchat, a program that looks up answers. People wrote each of them beforehand; nothing is made up "
            "on the spot, and there is no language model in me that writes. If nothing fits your question, I say so."
        ),
        (
            "I am a program, not a person. My one job is to find the written answer that fits your question. I "
            "generate no text and need no network."
        ),
    ),
    "base.conversation.more": (
        "There is no answer yet to say more about. What would you like to know?",
        "I have nothing to go on from yet. Ask a question first.",
    ),
    "base.conversation.repeat": (
        "There is no answer yet to repeat. What would you like to know?",
        "I have not answered anything yet that I could say again. Ask away.",
    ),
    "base.conversation.sources": (
        "There is no answer yet to give sources for. Ask a question first.",
        "No answer stands here yet. Once there is one, ask again where it is from.",
    ),
    "base.conversation.negation": (
        "Sorry. What did you mean? Other words may help, or the name of the thing.",
        "I got that wrong. Could you put it another way? A few words are enough.",
        "Then I misread you. Tell me the subject in a word or two.",
    ),
    "base.conversation.complaint": (
        "I am sorry that this is not helping. I only know what was written for me. Say “help” to see what that covers.",
        "That is fair, and I am sorry. Try fewer words, or the name of the thing.",
        "Sorry for the trouble. If I cannot help, a person may know more.",
    ),
    "base.safety.emergency": (
        """\
**If someone may be in danger, call {emergency} now. If there are people near you, tell them right away.**

For thoughts of suicide, or in another crisis, call {crisis}. {elsewhere}

I am a program that looks up answers. I cannot help in an emergency.""",
        """\
**Please get help from a person now: call {emergency}, or call out to whoever is near you.**

If you or someone else is thinking about suicide, or is in another crisis, call {crisis}. {elsewhere}

This program cannot call anyone for you.""",
    ),
    "base.emergency.any": "your local emergency number (112 or 911 in many countries)",
    "base.emergency.any_crisis": "the same number, or a crisis line near you",
    "base.emergency.same": "the same number",
    "base.emergency.or": "{one} or {other}",
    "base.emergency.of": "These are the numbers of {country}; elsewhere, call your local emergency number.",
    "base.emergency.here": "Elsewhere, call your local emergency number.",
    "base.country.AT": "Austria",
    "base.country.AU": "Australia",
    "base.country.CA": "Canada",
    "base.country.CH": "Switzerland",
    "base.country.DE": "Germany",
    "base.country.ES": "Spain",
    "base.country.FR": "France",
    "base.country.GB": "the United Kingdom",
    "base.country.IE": "Ireland",
    "base.country.NL": "the Netherlands",
    "base.country.NZ": "New Zealand",
    "base.country.US": "the United States",
}
