"""What the page of `dimchat serve` says around the conversation, and inside it, in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- around the conversation ---
    "page.title": "{title} · dimchat",
    "page.starting": "Un momento…",
    "page.no_script": "Esta página dibuja la conversación con JavaScript, que aquí está desactivado.",
    "page.terminal_label": "La conversación. Escriba una pregunta y presione Enter.",
    "page.terminal_note": (
        "La conversación se dibuja como imagen de una terminal. El zoom del navegador la agranda sin interrumpirla."
    ),
    "page.start_new": "Empezar otra conversación",
    "page.idle_heading": "¿Sigue ahí?",
    "page.idle_notice": (
        "Esta conversación se borra en {seconds} segundos. Presione una tecla o mueva el mouse para seguir."
    ),
    "page.idle_stay": "Seguir",
    "page.full_text": (
        "Lugares en total: {count}. Esta página revisa cada {seconds} segundos si hay uno libre, y entra."
    ),
    "page.crowded_text": (
        "Conversaciones desde su dirección, que puede compartir toda una casa: {count}, tantas como puede haber a "
        "la vez. Esta página revisa cada {seconds} segundos si terminó alguna, y entra."
    ),
    "page.full_retry": "Revisar ahora",
    "page.kiosk_heading": "Un momento, por favor",
    "page.kiosk_text": "Esto vuelve a empezar solo.",
    # --- what is left of a conversation, by the mode of the journal ---
    "page.kept.off": "No se guarda nada de ella.",
    "page.kept.counts": "Se contó qué respuestas se pidieron; no se guarda ninguna pregunta.",
    "page.kept.full": "Sus preguntas se guardan para los editores, sin nombres ni números.",
    # --- a heading and a sentence for every way in which a conversation ends ---
    "page.ended.left": "La conversación terminó",
    "page.ended_text.left": "{kept}",
    "page.ended.idle": "La conversación terminó",
    "page.ended_text.idle": "Durante mucho tiempo no se escribió nada, así que se borró. {kept}",
    "page.ended.lost": "Se perdió la conexión",
    "page.ended_text.lost": "La conversación no se puede retomar. {kept} Puede empezar otra de inmediato.",
    "page.ended.stopped": "dimchat se detuvo aquí",
    "page.ended_text.stopped": "La conversación terminó con él. {kept} Quizás ya esté de vuelta.",
    "page.ended.full": "Todos los lugares están ocupados",
    "page.ended_text.full": "Alguien acaba de tomar el último lugar. Inténtelo de nuevo en un momento.",
    "page.ended.crowded": "Ya hay muchos aquí",
    "page.ended_text.crowded": (
        "De su dirección, que puede compartir toda una casa, vienen tantas conversaciones como puede haber a la vez."
    ),
    "page.ended.failed": "Eso no funcionó",
    "page.ended_text.failed": "La conversación se detuvo por un error. {kept}",
    "page.ended.refused": "Sin conexión",
    "page.ended_text.refused": (
        "O dimchat se detuvo aquí, o esta página se abrió con una dirección distinta de la que le corresponde."
    ),
    "page.ended.large": "Fue demasiado texto de una vez",
    "page.ended_text.large": "Se pegó más texto del que cabe. La conversación terminó. {kept}",
    # --- the page without a terminal ---
    "page.language_name": "Español",
    "page.language": "Idioma",
    "page.skip": "Ir a la línea de preguntas",
    "page.ask_label": "Su pregunta",
    "page.ask": "Preguntar",
    "page.found": "Preguntas cercanas a lo que escribe",
    "page.found_some": "Antes de la línea hay preguntas cercanas. Con la flecha hacia arriba se llega a ellas.",
    "page.source": "fuente",
    "page.take": "llevar",
    "page.codes": "Para llevar: apunte a un cuadrado con la cámara de su teléfono",
    "page.code": "Código QR",
    "page.code_source": "La dirección de la fuente [{number}]: {title}",
    "page.code_answer": "La respuesta misma, para leerla sin conexión",
    "page.code_part": "La respuesta misma, para leerla sin conexión: {place}/{of}",
    "page.code_from": "Fuente [{number}]: {told}.",
    "page.aloud": "Leer en voz alta",
    "page.aloud_off": "Dejar de leer",
    "page.aloud_note": "Quien esté cerca también lo oye. Con auriculares lo oye solo usted.",
    "page.which": "¿A cuál se refiere?",
    "page.keys": "Teclas para escribir",
    "page.idle_stand": "Esta conversación se borra en {seconds} segundos. Toque la pantalla o presione una tecla.",
    "page.always": "En todo momento",
    # --- inside the chat ---
    "page.copied": "Enviado a su portapapeles por el navegador.",
    "page.export_usage": (
        "Nombre un archivo: /export ARCHIVO.md, .txt o .json. Su navegador lo guarda entre sus descargas."
    ),
    "page.saved": {
        "one": "Se entregó un turno a su navegador como {file}.",
        "other": "Se entregaron {count} turnos a su navegador como {file}.",
    },
    "page.no_cases": (
        "Los casos se agregan donde está el paquete, no desde un navegador. /export le da la conversación."
    ),
}
