"""The messages of a reply in every face, in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- what a reply begins with, each text in its turn ---
    "reply.clarify": (
        "No sé con certeza a cuál de estas se refiere.",
        "¿Cuál de estas se acerca más?",
        "Varias respuestas podrían servir. ¿Cuál es?",
    ),
    "reply.clarify_topic": (
        "{topic}: ¿qué le gustaría saber?",
        "{topic}: hay más de una respuesta. ¿Cuál?",
    ),
    "reply.clarify_aspect": ("{aspect}: ¿para cuál de estos?", "{aspect}: hay varias respuestas. ¿Cuál?"),
    "reply.lacking": (
        "{topic}: no tengo respuesta sobre eso ({aspect}). Tengo estas:",
        "{topic}: de eso no sé nada ({aspect}). Quizás le sirva una de estas:",
    ),
    "reply.nothing_before": (
        "No sé a qué se refiere eso. Quizás le sirva una de estas:",
        "No se preguntó nada antes. ¿Es una de estas?",
    ),
    "reply.runners_up": ("Perdón. ¿Quiso decir una de estas?", "Entonces, ¿le sirve una de estas?"),
    "reply.no_such_choice": (
        "Aquí no hay un número {number}. Elija del 1 al {most}, o 0 si no es ninguna.",
        "Las opciones van del 1 al {most}, así que el {number} no es ninguna; 0 es ninguna de estas.",
    ),
    "reply.outside": (
        "Eso es sobre {title}, y de eso no tengo respuestas.",
        "Eso es otro tema: {title}. Aquí no lo trato.",
    ),
    "reply.topic_known": (
        "{topic}: sé algunas cosas, pero no esta.",
        "{topic}: tengo respuestas sobre eso, pero ninguna para esta pregunta.",
    ),
    "reply.near": (
        "No sé con certeza qué respuesta corresponde.",
        "Ninguna de mis respuestas corresponde con certeza.",
        "No tengo nada sobre eso en concreto.",
    ),
    "reply.unknown": (
        "No tengo respuesta a eso.",
        "Esa no es de las preguntas que puedo responder.",
        "No encontré nada que responda a eso.",
    ),
    "reply.empty": ("Necesito una pregunta con palabras.", "Ahí no había palabras que yo pueda leer."),
    "reply.too_long": (
        "Es demasiado largo para mí. Pregunte una sola cosa, en una o dos frases.",
        "Solo puedo leer preguntas cortas. Por favor, póngalo en una frase.",
    ),
    "reply.none_of_these": (
        "Entonces quizás no la tenga. Otras palabras pueden ayudarme a encontrarla.",
        "Bien, ninguna de esas. Pruebe con otras palabras.",
    ),
    "reply.subject": ("Mi tema es este: {pack}.", "Solo sé de esto: {pack}."),
    "reply.going_on": ("Para seguir con lo que hablamos:", "Quizás le sirva una de estas, sobre lo que hablamos:"),
    "reply.nearest": ("Las más cercanas son estas:", "Quizás ayude una de estas:"),
    "reply.menu": ("Quizás le sirva una de estas preguntas, o uno de mis temas:", "Elija una pregunta o un tema:"),
    "reply.other_words": (
        "Puede ayudar usar menos palabras, o nombrar el tema. Si no, quizás le sirva una de estas:",
        "Puede ayudar nombrar aquello por lo que pregunta. Si no, quizás le sirva una de estas:",
    ),
    "reply.read_as": "Leí {pairs}.",
    "reply.respelt": "“{typed}” como “{meant}”",
    "reply.untranslated": "Esta respuesta solo está en {language}.",
    "reply.untranslated_part": "Una parte de esto solo está en {language}.",
    "reply.languages": "Hay respuestas en {languages}.",
    "reply.language.en": "inglés",
    "reply.language.es": "español",
    "reply.language.de": "alemán",
    "reply.unsure": "Puede que no sea lo que preguntó. También están cerca:",
    "reply.elsewhere": ("Quizás lo sepa otra persona: {elsewhere}.", "También puede preguntar a {elsewhere}."),
    "reply.elsewhere_unknown": (
        "Puede que lo sepa alguien que trabaje en el campo.",
        "Lo mejor es preguntárselo a una persona.",
    ),
    "reply.unanswered": "No tengo respuesta a “{part}”.",
    "reply.unanswered_near": "No tengo respuesta a “{part}”. Lo más cercano: {titles}",
    "reply.no_sources": "Esa respuesta no nombra fuentes.",
    "reply.smalltalk": "Estoy aquí para responder preguntas.",
    "reply.safety": (
        "No puedo ayudar con eso. Por favor, pregunte al personal; en una emergencia, llame al número de "
        "emergencias de su país."
    ),
    "reply.after_alarm": (
        "Por favor, no se quede a solas con esto.",
        "Por favor, hable con una persona.",
    ),
    # --- what is said of words in an answer that are from no source, by the kind of their mark ---
    "reply.mark.estimate": "(estimación nuestra)",
    "reply.mark.advice": "(consejo nuestro)",
    # --- for whom an answer is, as of when, and who knows more ---
    "reply.for_reader": "Para {reader}: {short}",
    "reply.as_of": "Datos de {period}.",
    "reply.contact": "Para saber más: {contact}.",
    "reply.everyone": "todos",
    "reply.reader_now": "Ahora las respuestas son para {reader}. /for {everyone} lo deshace.",
    "reply.reader_none": "Las respuestas son para todos.",
    "reply.reader_only": "Todas las respuestas de este paquete son para todos.",
    "reply.readers": "Hay respuestas para {readers}: escriba /for y una de estas palabras, o /for {everyone}.",
    "reply.reader_unknown": "No hay respuestas para {reader!r}. {readers}",
    # --- rows of tables ---
    "reply.which_value": ("“{typed}” puede ser más de uno. ¿Cuál es?", "¿A cuál se refiere con “{typed}”?"),
    "reply.slot_alone": ("{values}: ¿qué le gustaría saber?", "{values}: ¿cuál de estas?"),
    "reply.group": "“{group}” aquí: {values}.",
    "reply.no_figure": "No tengo ninguna cifra de {value}.",
    "reply.rows": "{title}{as_of}:",
    "reply.highest": "{title}, de mayor a menor{as_of}: {rows}.",
    "reply.lowest": "{title}, de menor a mayor{as_of}: {rows}.",
    "reply.since": ", {as_of}",
    "reply.name_one": "Nombre uno ({slot}) y le doy sus datos.",
    # --- dates, amounts, lists ---
    "reply.day": "{day} de {month} de {year}",
    "reply.month": "{month} de {year}",
    "reply.months": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "reply.amount.money": "${amount}",
    "reply.percent": "{number} por ciento",
    "reply.amount.percent": "{amount}%",
    "reply.list": "{others} y {last}",
    # --- around a reply, as plain text and as Markdown ---
    "reply.none": "Ninguna de estas",
    "reply.sources": "Fuentes",
    "reply.next": "Siguiente",
    "reply.overdue": "Esta respuesta debía revisarse el {date}; puede estar desactualizada.",
    "reply.reviewed": "{title}, revisado el {date}.",
    "reply.accessed": "Leído el {date}.",
    # --- why a reply came ---
    "reply.why.asked": "pregunta",
    "reply.why.read": "leído como",
    "reply.why.words": "palabras",
    "reply.why.frames": "marco",
    "reply.why.pronouns": "pronombres",
    "reply.why.topics": "temas",
    "reply.why.aspects": "aspectos",
    "reply.why.slots": "campos",
    "reply.why.rows": "filas",
    "reply.why.safety": "seguridad",
    "reply.why.context": "se apoya en",
    "reply.why.bar": "umbral",
    "reply.why.decision": "decisión",
    "reply.why.reply": "respuesta",
    "reply.quoted": "“{text}”",
    "reply.why_said.answer": "Lo leí como {titles} porque se parece más a “{phrase}”.",
    "reply.why_said.goes_on": "Lo leí como {titles} porque sigue a lo que se preguntó antes.",
    "reply.why_said.names": "Lo leí como {titles} porque lo nombra.",
    "reply.why_said.picked": "Esto es {titles}, tal como se eligió o se nombró.",
    "reply.why_said.alone": "Nada más se acercó.",
    "reply.why_said.rival": "La siguiente más cercana era {title}.",
    "reply.why_said.clarify": "No pude saber a cuál de estas se refería: {titles}.",
    "reply.why_said.nearest": "Las palabras se parecen más a “{phrase}”.",
    "reply.why_said.pick": "Elija una, o dígalo con otras palabras.",
    "reply.why_said.outside": (
        "Lo leí como una pregunta sobre {title}, porque se parece más a “{phrase}”. No tengo respuestas sobre eso."
    ),
    "reply.why_said.decline": (
        "No encontré una respuesta lo bastante cercana. La más cercana era {title}, por las palabras “{phrase}”."
    ),
    "reply.why_said.unknown": "No conozco nada que se parezca a estas palabras. Por eso no respondí nada.",
    "reply.why_said.smalltalk": (
        "Lo tomé por conversación, no por una pregunta. Para eso hay unas pocas respuestas fijas."
    ),
    "reply.why_said.safety": (
        "Las palabras suenan como si alguien necesitara ayuda de una persona. Ese aviso va antes que toda respuesta."
    ),
    "reply.why_nothing": "nada",
    "reply.why_won": "{reading} (ganó)",
    "reply.why_needs": "confianza {floor:.2f}, margen {margin:.2f}",
    "reply.why_word": "{word} como {read_as}",
}
