"""The messages of a reply in every face, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- what a reply begins with, each text in its turn ---
    "reply.clarify": (
        "I am not sure which of these you mean.",
        "Which of these comes closest?",
        "Several answers could fit. Which one is it?",
    ),
    "reply.clarify_topic": (
        "{topic}: what would you like to know?",
        "{topic}: there is more than one answer. Which one?",
    ),
    "reply.clarify_aspect": ("{aspect}: for which of these?", "{aspect}: there are several answers. Which one?"),
    "reply.lacking": (
        "{topic}: I have no answer about the {aspect} there. These I have:",
        "{topic}: I know nothing about the {aspect} there. Perhaps one of these:",
    ),
    "reply.nothing_before": (
        "I cannot tell what that goes on from. Perhaps one of these:",
        "Nothing was asked before that. Is it one of these?",
    ),
    "reply.runners_up": ("Sorry. Did you mean one of these?", "Then perhaps one of these?"),
    "reply.no_such_choice": (
        "There is no number {number} here. Pick one of 1 to {most}, or 0 for none of these.",
        "The choices go from 1 to {most}, so {number} fits none; 0 is none of these.",
    ),
    "reply.outside": (
        "That is about {title}, which I don't cover.",
        "I don't cover that: it belongs to {title}.",
    ),
    "reply.topic_known": (
        "{topic}: I know some things about that, but not this one.",
        "{topic}: I have answers on that, but none that fits this question.",
    ),
    "reply.near": (
        "I am not sure which answer fits that.",
        "No answer of mine fits that for certain.",
        "I have nothing on just that.",
    ),
    "reply.unknown": (
        "I have no answer to that.",
        "That is not among the questions I can answer.",
        "I found nothing that answers that.",
    ),
    "reply.empty": ("I need a question in words.", "There were no words in that which I can read."),
    "reply.too_long": (
        "That is too long for me. Please ask one thing in a sentence or two.",
        "I can only read short questions. Please put it in one sentence.",
    ),
    "reply.none_of_these": (
        "Then I may not have it. Other words may help me find it.",
        "All right, none of those. Try it in other words.",
    ),
    "reply.subject": ("My subject is this: {pack}.", "I only know about this: {pack}."),
    "reply.going_on": ("To go on from what we talked about:", "Perhaps one of these, from what we talked about:"),
    "reply.nearest": ("These come nearest:", "Perhaps one of these helps:"),
    "reply.menu": ("Perhaps one of these questions, or one of my topics:", "Pick a question, or a topic:"),
    "reply.other_words": (
        "Fewer words, or the name of the thing, may help. Else perhaps one of these:",
        "It may help to name the thing you ask about. Else perhaps one of these:",
    ),
    "reply.read_as": "I read {pairs}.",
    "reply.respelt": "“{typed}” as “{meant}”",
    "reply.untranslated": "This answer stands in {language} alone.",
    "reply.untranslated_part": "Part of this stands in {language} alone.",
    "reply.languages": "There are answers in {languages}.",
    "reply.language.en": "English",
    "reply.language.es": "Spanish",
    "reply.language.de": "German",
    "reply.unsure": "I am not sure that this is what you asked. Near to it as well:",
    "reply.elsewhere": ("Someone else may know: {elsewhere}.", "You could also ask {elsewhere}."),
    "reply.elsewhere_unknown": (
        "A person who works in the field may know.",
        "It is best to ask a person about that.",
    ),
    "reply.unanswered": "I have no answer to “{part}”.",
    "reply.unanswered_near": "I have no answer to “{part}”. Nearest to it: {titles}",
    "reply.no_sources": "That answer names no sources.",
    "reply.smalltalk": "I am here to answer questions.",
    "reply.safety": (
        "I can't help with that. Please ask the staff here; in an emergency, call your local emergency number."
    ),
    "reply.after_alarm": (
        "Please do not stay alone with this.",
        "Please talk to a person about it.",
    ),
    # --- what is said of words in an answer that are from no source, by the kind of their mark ---
    "reply.mark.estimate": "(our estimate)",
    "reply.mark.advice": "(our advice)",
    # --- for whom an answer is, as of when, and who knows more ---
    "reply.for_reader": "For {reader}: {short}",
    "reply.as_of": "As of {period}.",
    "reply.contact": "Who knows more: {contact}.",
    "reply.everyone": "everyone",
    "reply.reader_now": "Answers are now for {reader}. /for {everyone} undoes that.",
    "reply.reader_none": "Answers are for everyone.",
    "reply.reader_only": "Every answer of this pack is for everyone.",
    "reply.readers": "There are answers for {readers}: type /for and one of these, or /for {everyone}.",
    "reply.reader_unknown": "There are no answers for {reader!r}. {readers}",
    # --- rows of tables ---
    "reply.which_value": ("“{typed}” can be more than one. Which is it?", "Which one do you mean by “{typed}”?"),
    "reply.slot_alone": ("{values}: what would you like to know?", "{values}: which of these?"),
    "reply.group": "“{group}” here: {values}.",
    "reply.no_figure": "There is no figure for {value} in what I have.",
    "reply.rows": "{title}{as_of}:",
    "reply.highest": "{title}, highest first{as_of}: {rows}.",
    "reply.lowest": "{title}, lowest first{as_of}: {rows}.",
    "reply.since": ", {as_of}",
    "reply.name_one": "Name a {slot}, and I tell you about that one.",
    # --- dates, amounts, lists ---
    "reply.day": "{month} {day}, {year}",
    "reply.month": "{month} {year}",
    "reply.months": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "reply.amount.money": "${amount}",
    "reply.percent": "{number} percent",
    "reply.amount.percent": "{amount}%",
    "reply.list": "{others} and {last}",
    # --- around a reply, as plain text and as Markdown ---
    "reply.none": "None of these",
    "reply.sources": "Sources",
    "reply.next": "Next",
    "reply.overdue": "This answer was due for review on {date}; it may be out of date.",
    "reply.reviewed": "{title}, reviewed {date}.",
    "reply.accessed": "Read {date}.",
    # --- why a reply came ---
    "reply.why.asked": "asked",
    "reply.why.read": "read as",
    "reply.why.words": "words",
    "reply.why.frames": "frame",
    "reply.why.pronouns": "pronouns",
    "reply.why.topics": "topics",
    "reply.why.aspects": "aspects",
    "reply.why.slots": "slots",
    "reply.why.rows": "rows",
    "reply.why.safety": "safety",
    "reply.why.context": "leans on",
    "reply.why.bar": "bar",
    "reply.why.decision": "decided",
    "reply.why.reply": "reply",
    "reply.quoted": "“{text}”",
    "reply.why_said.answer": "I read this as {titles} because it is nearest to “{phrase}”.",
    "reply.why_said.goes_on": "I read this as {titles} because it goes on from what was asked before.",
    "reply.why_said.names": "I read this as {titles} because it names that.",
    "reply.why_said.picked": "This is {titles}, as it was picked or named outright.",
    "reply.why_said.alone": "Nothing else came close.",
    "reply.why_said.rival": "The next nearest was {title}.",
    "reply.why_said.clarify": "I could not tell which of these you meant: {titles}.",
    "reply.why_said.nearest": "The words are nearest to “{phrase}”.",
    "reply.why_said.pick": "Pick one, or say it in other words.",
    "reply.why_said.outside": (
        "I read this as a question about {title}, because it is nearest to “{phrase}”. I have no answers about that."
    ),
    "reply.why_said.decline": (
        "I found no answer that is near enough. Nearest was {title}, through the words “{phrase}”."
    ),
    "reply.why_said.unknown": "I know nothing that these words are near to. So I answered nothing.",
    "reply.why_said.smalltalk": "I took this for small talk, not for a question. That has a few fixed replies.",
    "reply.why_said.safety": (
        "The words sound as if someone needs help from a person. Such a notice comes before any answer."
    ),
    "reply.why_nothing": "nothing",
    "reply.why_won": "{reading} (won)",
    "reply.why_needs": "confidence {floor:.2f}, margin {margin:.2f}",
    "reply.why_word": "{word} as {read_as}",
}
