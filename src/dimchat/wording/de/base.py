"""What the base under every pack says, in German: small talk and safety by the ids of intents, and what fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    "base.conversation.greeting": (
        "Guten Tag. Was möchten Sie wissen?",
        "Hallo. Fragen Sie in Ihren eigenen Worten.",
        "Hallo noch einmal. Was möchten Sie wissen?",
    ),
    "base.conversation.thanks": (
        "Gern geschehen. Fragen Sie ruhig weiter.",
        "Schön, dass es geholfen hat.",
        "Gern. Sonst noch etwas?",
    ),
    "base.conversation.goodbye": (
        "Auf Wiedersehen.",
        "Machen Sie es gut. Kommen Sie wieder, wenn eine neue Frage auftaucht.",
        "Tschüss. Ich hoffe, einiges davon war nützlich.",
    ),
    "base.conversation.help": (
        (
            "Fragen Sie in Ihren eigenen Worten; wenige genügen. Nach einer Antwort gehen auch „mehr“ und „woher ist "
            "das?“. Bin ich nicht sicher, was Sie meinen, gebe ich eine Auswahl. Das sind meine Themen:"
        ),
        "Ich suche die Antwort, die für Ihre Frage geschrieben wurde. Fragen Sie einfach, oder wählen Sie ein Thema:",
    ),
    "base.conversation.about": (
        (
            "Ich bin dimchat, ein Programm, das Antworten nachschlägt. Menschen haben sie alle vorher geschrieben; "
            "nichts wird erfunden, und kein Sprachmodell schreibt hier. Passt nichts zu Ihrer Frage, sage ich das."
        ),
        (
            "Ich bin ein Programm, kein Mensch. Ich finde nur die geschriebene Antwort, die zu Ihrer Frage passt. Ich "
            "erzeuge keinen Text und brauche kein Netz."
        ),
    ),
    "base.conversation.more": (
        "Es gibt noch keine Antwort, zu der ich mehr sagen könnte. Was möchten Sie wissen?",
        "Noch habe ich nichts, woran ich anknüpfen kann. Stellen Sie zuerst eine Frage.",
    ),
    "base.conversation.repeat": (
        "Es gibt noch keine Antwort, die ich wiederholen könnte. Was möchten Sie wissen?",
        "Ich habe noch nichts geantwortet, das ich noch einmal sagen könnte. Fragen Sie nur.",
    ),
    "base.conversation.sources": (
        "Es gibt noch keine Antwort, zu der ich Quellen nennen könnte. Stellen Sie zuerst eine Frage.",
        "Noch steht hier keine Antwort. Gibt es eine, fragen Sie noch einmal, woher sie ist.",
    ),
    "base.conversation.negation": (
        "Entschuldigung. Was meinten Sie? Andere Worte helfen vielleicht, oder der Name der Sache.",
        "Da lag ich falsch. Können Sie es anders sagen? Wenige Worte genügen.",
        "Dann habe ich Sie falsch verstanden. Nennen Sie mir das Thema in ein, zwei Worten.",
    ),
    "base.conversation.complaint": (
        "Es tut mir leid, dass das nicht hilft. Ich weiß nur, was für mich geschrieben wurde. „Hilfe“ zeigt, was.",
        "Das verstehe ich, und es tut mir leid. Versuchen Sie es mit weniger Worten oder dem Namen der Sache.",
        "Entschuldigen Sie die Mühe. Kann ich nicht helfen, weiß vielleicht ein Mensch mehr.",
    ),
    "base.safety.emergency": (
        """\
**Wenn jemand in Gefahr sein könnte, rufen Sie jetzt {emergency}. Sind Menschen da, sagen Sie es ihnen sofort.**

Bei Gedanken an Selbsttötung oder in einer anderen Krise rufen Sie {crisis}. {elsewhere}

Ich bin ein Programm, das Antworten nachschlägt. In einem Notfall kann ich nicht helfen.""",
        """\
**Bitte holen Sie jetzt Hilfe von einem Menschen: Rufen Sie {emergency}, oder rufen Sie laut nach jemandem.**

Wenn Sie oder jemand anderes an Selbsttötung denkt oder in einer anderen Krise ist, rufen Sie {crisis}. {elsewhere}

Dieses Programm kann niemanden für Sie anrufen.""",
    ),
    "base.emergency.any": "die Notrufnummer Ihres Ortes (112 oder 911 in vielen Ländern)",
    "base.emergency.any_crisis": "dieselbe Nummer oder ein Krisentelefon in Ihrer Nähe",
    "base.emergency.same": "dieselbe Nummer",
    "base.emergency.or": "{one} oder {other}",
    "base.emergency.of": "Das sind die Nummern für {country}; anderswo rufen Sie die Notrufnummer des Ortes.",
    "base.emergency.here": "Anderswo rufen Sie die Notrufnummer des Ortes.",
    "base.country.AT": "Österreich",
    "base.country.AU": "Australien",
    "base.country.CA": "Kanada",
    "base.country.CH": "die Schweiz",
    "base.country.DE": "Deutschland",
    "base.country.ES": "Spanien",
    "base.country.FR": "Frankreich",
    "base.country.GB": "das Vereinigte Königreich",
    "base.country.IE": "Irland",
    "base.country.NL": "die Niederlande",
    "base.country.NZ": "Neuseeland",
    "base.country.US": "die Vereinigten Staaten",
}
