"""What the chat says, on the screen and line by line, in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- the conversation ---
    "chat.you": "usted",
    "chat.promise": "Cada respuesta la escribieron personas, con sus fuentes. No invento nada.",
    "chat.placeholder": "Haga una pregunta o escriba un número",
    "chat.search_hint": "Escriba para afinar; {take} la toma, {leave} sale.",
    "chat.search_none": "Nada de lo que preguntó tiene estas palabras; {leave} sale.",
    "chat.hints_rest": "y {count} más: siga escribiendo o pulse {key}",
    "chat.all_topics": "Todos los temas",
    "chat.for": "Respuestas para {reader}",
    "chat.for_now": "elegido",
    "chat.reviewed": "revisado el {date}",
    "chat.expired": "! debía revisarse el {date}: compruebe las fuentes",
    "chat.link_more": "más",
    "chat.link_less": "menos",
    "chat.link_why": "por qué",
    "chat.link_copy": "copiar",
    "chat.paste_cut": "Solo se pegaron los primeros {limit} caracteres.",
    "chat.copied": "Copiado al portapapeles del sistema.",
    "chat.copied_terminal": "Enviado al portapapeles por la terminal (OSC 52).",
    "chat.copied_remote": "Enviado a su propio portapapeles por la terminal (OSC 52).",
    "chat.copy_text_only": "texto",
    "chat.copy_usage": "/copy toma la respuesta con sus fuentes, /copy texto sin ellas.",
    "chat.export_title": "{title}: una conversación del {date}",
    "chat.export_pack": "Paquete {name} {version}, huella {digest}.",
    "chat.export_overwrite": "reemplazar",
    "chat.export_usage": "Nombre un archivo: /export ARCHIVO.md, .txt o .json.",
    "chat.export_ending": "La terminación del archivo nombra el formato: {endings}.",
    "chat.export_exists": "{file} ya existe; /export {file} reemplazar lo reemplaza.",
    "chat.save_test_usage": "Nombre un archivo de casos: /save-test ARCHIVO.yaml.",
    "chat.save_test_ending": "Los casos van en un archivo que termina en .yaml.",
    "chat.save_test_other": "No se escribió nada en {file}: {reason}",
    "chat.saved_none": "{file}: todavía no hay una conversación guardada",
    "chat.saved_off": (
        "guardar está desactivado, así que no hay nada que retomar; save_conversations = true en {file} lo activa"
    ),
    "chat.saved_unreadable": "{file}: no se puede leer: {reason}",
    "chat.saved_damaged": (
        "{file}: dañado, o no es una conversación guardada por dimchat; sin --resume una nueva toma su lugar"
    ),
    "chat.saved_other_pack": "{file}: fue con el paquete {name}, no con {present}; --pack nombra aquel",
    "chat.cannot_write": "No se puede escribir {file}: {reason}.",
    "chat.theme_unknown": "No hay un tema de color {name}. Hay: {names}.",
    "chat.palette_placeholder": "¿Qué quiere hacer?",
    "chat.palette_none": "Nada tiene estas palabras.",
    "chat.no_command": "No hay una orden {command}. /help las enumera.",
    "chat.no_more": "Aquí no hay nada más que mostrar.",
    "chat.no_sources": "Todavía no hay una respuesta con fuentes.",
    "chat.no_reply": "Todavía no se preguntó nada.",
    "chat.crashed": "dimchat: se detuvo por un fallo propio ({fault}). Lo que se preguntó no está en ningún informe.",
    "chat.fault_unknown": "desconocido",
    "chat.page_close": "cerrar",
    "chat.leave_question": "¿Salir de dimchat?",
    "chat.leave_note": "Esta conversación no se guarda.",
    "chat.leave_note_saved": "dimchat --resume sigue con esta conversación.",
    "chat.sources_title": "Fuentes",
    "chat.sources_hint": "un número muestra su dirección",
    "chat.sources_number": "No hay una fuente {number} en la última respuesta que tiene fuentes.",
    "chat.source_no_address": "La fuente {number} no tiene dirección.",
    "chat.source_copy": "copiar la dirección",
    "chat.source_open": "abrirla",
    "chat.link_title": "Dirección",
    "chat.link_no_browser": "De este lado no hay navegador; copie la dirección para abrirla en otro lugar.",
    "chat.link_opened": "Entregada al navegador.",
    "chat.link_failed": "Ningún navegador tomó la dirección; no se abrió.",
    "chat.source_publisher": "editor",
    "chat.source_locator": "dónde",
    "chat.source_issued": "publicado",
    "chat.source_accessed": "leído el",
    "chat.source_note": "nota",
    "chat.why_title": "Por qué:",
    "chat.why_figures": "cifras",
    "chat.key.figures": "cifras",
    "chat.tip.figures": "Mostrar las cifras detrás de la razón, o de nuevo la razón en palabras",
    "chat.help_title": "Cómo funciona",
    "chat.help_commands": "Órdenes",
    "chat.help_keys": "Teclas",
    "chat.welcome": "Esto es «{title}». Pregúnteme lo que quiera saber.",
    "chat.rate_nothing": "No hay una respuesta de la que decirlo.",
    "chat.rate_thanks": "Anotado, gracias.",
    "chat.help_paragraphs": (
        (
            "Pregunte con sus propias palabras. Cada respuesta se escribió de antemano y nombra sus fuentes; "
            "donde no hay ninguna, lo digo."
        ),
        "Las palabras grises tras el cursor son una propuesta: {take} la toma, {ask} pregunta solo lo que escribió.",
        "Las preguntas cercanas a lo que escribe están debajo: la flecha abajo e Intro toman una, o un clic.",
        (
            "El número junto a una pregunta se puede escribir, pulsar con el ratón o alcanzar con {choices}; "
            "/topics lleva a cada respuesta."
        ),
        "Un clic en [1] muestra la fuente entera; se muestra la dirección antes de abrirla.",
        "Seleccione texto con el ratón y pulse {copy} para copiarlo.",
        "No se guarda nada, a menos que lo escriba en un archivo o active el guardado en los ajustes.",
    ),
    "chat.exported": {"one": "Un turno escrito en {file}.", "other": "{count} turnos escritos en {file}."},
    "chat.saved_test": {
        "one": "Se añadió a {file} un caso de un turno.",
        "other": "Se añadió a {file} un caso de {count} turnos.",
    },
    "chat.renewed": "(El contenido se leyó de nuevo.)",
    "chat.not_renewed": {
        "one": "(El contenido sigue como estaba. {problem})",
        "other": "(El contenido sigue como estaba. {problem}; problemas en total: {count})",
    },
    "chat.resumed": {
        "one": "Se retomó una conversación de un turno.",
        "other": "Se retomó una conversación de {count} turnos.",
    },
    "chat.resumed_changed": {
        "one": (
            "Se retomó una conversación de un turno. Las respuestas cambiaron desde entonces; estas son las de ahora."
        ),
        "other": (
            "Se retomó una conversación de {count} turnos. Las respuestas cambiaron desde entonces; "
            "estas son las de ahora."
        ),
    },
    "chat.cut": {"one": "… y un carácter más", "other": "… y {count} caracteres más"},
    # --- slash commands, and what follows them ---
    "chat.command.help": "cómo funciona, y las teclas",
    "chat.command.topics": "todo lo que se puede preguntar, por temas",
    "chat.command.for": "para quién son las respuestas, donde eso cambia algo",
    "chat.command.sources": "las fuentes de la última respuesta, enteras",
    "chat.command.open": "la dirección de una fuente, para copiarla o abrirla",
    "chat.command.why": "por qué vino la última respuesta",
    "chat.command.more": "el texto entero de la última respuesta, o de nuevo su forma corta",
    "chat.command.again": "hacer otra vez la última pregunta",
    "chat.command.copy": "copiar la última respuesta con sus fuentes, o solo su texto",
    "chat.command.export": "escribir la conversación en un archivo .md, .txt o .json",
    "chat.command.save-test": "añadir la conversación a un archivo .yaml como caso de prueba",
    "chat.command.clear": "empezar de nuevo",
    "chat.command.theme": "oscuro, claro, alto contraste, o uno por su nombre",
    "chat.command.quit": "salir",
    "chat.argument.reader": "LECTOR",
    "chat.argument.number": "NÚMERO",
    "chat.argument.text": "texto",
    "chat.argument.file": "ARCHIVO",
    "chat.argument.name": "NOMBRE",
    # --- keys, as the footer names them ---
    "chat.key.ask": "preguntar",
    "chat.key.pick": "elegir",
    "chat.key.back": "atrás",
    "chat.key.choices": "opciones",
    "chat.key.help": "ayuda",
    "chat.key.palette": "órdenes",
    "chat.key.theme": "claro/oscuro",
    "chat.key.quit": "salir",
    "chat.key.close": "cerrar",
    "chat.key.leave": "salir",
    "chat.key.stay": "quedarse",
    "chat.key.copy": "copiar",
    "chat.key.open": "abrir en el navegador",
    "chat.key.panel": "cerrar fuentes",
    "chat.key.rate_yes": "lo que quise decir",
    "chat.key.rate_no": "no lo que quise decir",
    # --- keys, as the help describes them ---
    "chat.tip.ask": "Preguntar lo que escribió, o elegir el número que escribió",
    "chat.tip.new_line": "Empezar otra línea",
    "chat.tip.search": "Buscar en lo que preguntó; otra vez, la anterior",
    "chat.tip.end_search": "Salir de la búsqueda",
    "chat.tip.earlier": "Traer lo que preguntó antes",
    "chat.tip.later": "Volver adelante en lo que preguntó, y luego a las preguntas bajo lo que escribe",
    "chat.tip.pick": "Elegir la opción iluminada",
    "chat.tip.next": "Iluminar la opción de abajo",
    "chat.tip.previous": "Iluminar la opción de arriba",
    "chat.tip.back": "Volver a escribir",
    "chat.tip.choices": "Tomar las palabras grises; si no las hay, ir a las opciones y de una a la siguiente",
    "chat.tip.choices_back": "Ir a las opciones desde abajo",
    "chat.tip.help": "Decir cómo funciona",
    "chat.tip.page_up": "Subir una página",
    "chat.tip.page_down": "Bajar una página",
    "chat.tip.line_up": "Subir una línea",
    "chat.tip.line_down": "Bajar una línea",
    "chat.tip.first": "Ir al principio",
    "chat.tip.latest": "Ir al final",
    "chat.tip.palette": "Enumerar todo lo que se puede hacer",
    "chat.tip.theme": "Cambiar entre oscuro, claro y alto contraste",
    "chat.tip.copy": "Copiar el texto seleccionado; sin selección, preguntar si salir",
    "chat.tip.quit": "Salir de inmediato",
    "chat.tip.close": "Volver a la conversación",
    "chat.tip.leave": "Salir de la conversación",
    "chat.tip.link_copy": "Copiar la dirección",
    "chat.tip.link_open": "Abrir la dirección en el navegador",
    "chat.tip.link_close": "No hacer nada con la dirección",
    "chat.tip.panel_close": "Cerrar las fuentes junto a la conversación",
    "chat.tip.panel_up": "Subir en las fuentes junto a la conversación",
    "chat.tip.panel_down": "Bajar en las fuentes junto a la conversación",
    "chat.tip.stay": "Seguir con la conversación",
    "chat.tip.rate_yes": "Decir a los editores que esto era lo que quiso decir",
    "chat.tip.rate_no": "Decir a los editores que esto no era lo que quiso decir",
    # --- the journal ---
    "chat.notice.counts": (
        "Para sus editores, este programa cuenta qué respuestas se piden. No se guarda ninguna pregunta."
    ),
    "chat.notice.full": (
        "Para sus editores, este programa guarda las preguntas, sin nombres ni números. No escriba nada personal."
    ),
    # --- line by line, and in what is exported ---
    "chat.plain.hint": "/help dice cómo, /quit sale.",
    "chat.plain.help": (
        "Escriba una pregunta, o el número de una opción o de una propuesta. "
        "/topics enumera lo que se puede preguntar, /for dice para quién son las respuestas, /why por qué vino la "
        "última, /again la pide otra vez, /clear olvida lo dicho, /quit sale. "
        "Cada respuesta la escribieron personas, con sus fuentes."
    ),
    "chat.plain.no_command": ("No hay una orden {command}. Hay /help, /topics, /for, /why, /again, /clear y /quit."),
    "chat.plain.why_more": "/why figures muestra las cifras.",
    "chat.plain.not_asked": "Todavía no se preguntó nada.",
    "chat.plain.cleared": "Olvidado. Pregunte de nuevo.",
    "chat.plain.goodbye": "Adiós.",
    "chat.plain.you": "Usted",
    "chat.plain.rate": "/yes y /no les dicen si una respuesta era lo que quiso decir.",
    # --- the settings file ---
    "chat.settings.missing": "{file}: no existe ese archivo de ajustes",
    "chat.settings.unreadable": "{file}: no se puede leer: {reason}",
    "chat.settings.too_large": "{file}: más de {most} bytes; esto no es un archivo de ajustes",
    "chat.settings.not_utf8": "{file}: no es UTF-8",
    "chat.settings.not_toml": "{file}:{line}: no es TOML: {reason}",
    "chat.settings.too_deep": "anidado a demasiada profundidad",
    "chat.settings.list": "una lista",
    "chat.settings.table": "una tabla",
    "chat.settings.unknown": "no hay un ajuste {name!r}",
    "chat.settings.known": "; hay {names}",
    "chat.settings.no_switch": "{name} es true o false, no {value}",
    "chat.settings.no_text": "{name} es texto entre comillas, no {value}",
    "chat.settings.no_table": "[{name}] es una tabla de teclas, no {value}",
    "chat.settings.no_theme": "no hay un tema de color {name!r}",
    "chat.settings.no_action": "no hay una tecla llamada {name!r}",
    "chat.settings.no_key": "{key!r} no es una tecla",
    "chat.settings.types": ("{key!r} escribiría en el campo y nunca llegaría a {name}; añada ctrl+ o alt+, o tome f8"),
    "chat.settings.taken": "{key!r} para {name} la tiene {other}; dele a esa otra tecla",
}
