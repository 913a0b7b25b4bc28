"""What the base under every pack says, in Spanish: small talk and safety by the ids of intents, and what fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    "base.conversation.greeting": (
        "Hola. ¿Qué desea saber?",
        "Buenas. Pregunte con sus propias palabras.",
        "Hola otra vez. ¿Qué más desea saber?",
    ),
    "base.conversation.thanks": (
        "De nada. Pregunte lo que quiera.",
        "Me alegra haber ayudado.",
        "Con gusto. ¿Algo más?",
    ),
    "base.conversation.goodbye": (
        "Adiós.",
        "Cuídese. Vuelva cuando tenga otra pregunta.",
        "Hasta luego. Espero que le haya servido.",
    ),
    "base.conversation.help": (
        (
            "Pregunte con sus propias palabras; bastan unas pocas. Después de una respuesta sirven también “más” y "
            "“¿de dónde sale eso?”. Si no sé con certeza lo que quiere decir, le doy a elegir. Estos son mis temas:"
        ),
        "Busco la respuesta que se escribió para su pregunta. Pregunte con sus palabras, o elija un tema:",
    ),
    "base.conversation.about": (
        (
            "Soy dimchat, un programa que busca respuestas. Todas las escribieron personas de antemano; no invento "
            "nada, y ningún modelo de lenguaje escribe por mí. Si nada responde a su pregunta, lo digo."
        ),
        (
            "Soy un programa, no una persona. Solo busco la respuesta escrita que corresponde a su pregunta. No genero "
            "texto ni necesito red."
        ),
    ),
    "base.conversation.more": (
        "Todavía no hay ninguna respuesta que ampliar. ¿Qué desea saber?",
        "Aún no hay nada que continuar. Haga primero una pregunta.",
    ),
    "base.conversation.repeat": (
        "Todavía no hay ninguna respuesta que repetir. ¿Qué desea saber?",
        "Aún no he respondido nada que pueda repetir. Haga una pregunta.",
    ),
    "base.conversation.sources": (
        "Todavía no hay ninguna respuesta de la que dar fuentes. Haga primero una pregunta.",
        "Aún no hay respuesta. Cuando la haya, pregunte otra vez de dónde sale.",
    ),
    "base.conversation.negation": (
        "Perdón. ¿Qué quería decir? Pruebe con otras palabras, o con el nombre del tema.",
        "Me equivoqué. ¿Puede decirlo de otra manera? Bastan unas pocas palabras.",
        "Entonces leí mal. Dígame el tema en una o dos palabras.",
    ),
    "base.conversation.complaint": (
        "Lamento no ser de ayuda. Solo sé lo que se escribió para mí. Escriba “ayuda” para ver qué es.",
        "Tiene razón, y lo lamento. Pruebe con menos palabras, o con el nombre del tema.",
        "Perdone la molestia. Si yo no puedo ayudar, quizá lo sepa una persona.",
    ),
    "base.safety.emergency": (
        """\
**Si alguien puede estar en peligro, llame ahora a {emergency}. Si hay gente cerca, avísele de inmediato.**

Si piensa en el suicidio, o en otra crisis, llame a {crisis}. {elsewhere}

Soy un programa que busca respuestas. No puedo ayudar en una emergencia.""",
        """\
**Por favor, pida ya ayuda a una persona: llame a {emergency}, o pida ayuda en voz alta a quien esté cerca.**

Si usted u otra persona piensa en el suicidio, o está en otra crisis, llame a {crisis}. {elsewhere}

Este programa no puede llamar a nadie por usted.""",
    ),
    "base.emergency.any": "el número de emergencias de su país (112 o 911 en muchos países)",
    "base.emergency.any_crisis": "el mismo número, o a una línea de crisis de su zona",
    "base.emergency.same": "el mismo número",
    "base.emergency.or": "{one} o {other}",
    "base.emergency.of": "Estos números son de {country}; en otro lugar, llame al número de emergencias de allí.",
    "base.emergency.here": "En otro lugar, llame al número de emergencias de allí.",
    "base.country.AT": "Austria",
    "base.country.AU": "Australia",
    "base.country.CA": "Canadá",
    "base.country.CH": "Suiza",
    "base.country.DE": "Alemania",
    "base.country.ES": "España",
    "base.country.FR": "Francia",
    "base.country.GB": "el Reino Unido",
    "base.country.IE": "Irlanda",
    "base.country.NL": "los Países Bajos",
    "base.country.NZ": "Nueva Zelanda",
    "base.country.US": "los Estados Unidos",
}
