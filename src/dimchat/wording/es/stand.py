"""What the stand says, in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dimchat.wording.catalogue import Message

MESSAGES: Final[Mapping[str, Message]] = {
    # --- between two visitors: a few lines on an empty screen ---
    "stand.terminal_title": "Información",
    "stand.calm.starting": ("Un momento, por favor.",),
    "stand.calm.next": ("Un momento, por favor.",),
    "stand.calm.crashed": ("Un momento, por favor.", "", "Empezamos de nuevo."),
    "stand.calm.no_pack": ("Fuera de servicio.", "", "Pregunte al personal, por favor."),
    # --- while nobody is there ---
    "stand.attract.asks": "{title}: pregunte lo que quiera saber",
    "stand.attract.asks_sentence": "{title} Pregunte lo que quiera saber",
    "stand.attract.about": "Pregunte sobre: {topics}",
    "stand.attract.touch": "Toque o presione una tecla",
    "stand.attract.pause": "Pausa",
    "stand.attract.resume": "Seguir",
    "stand.attract.pause_key": "p",
    "stand.recorded.off": "No se guarda nada de lo que pregunta",
    "stand.recorded.counts": "Se cuenta qué respuestas se piden. No se guarda ninguna pregunta.",
    "stand.recorded.full": "Las preguntas se guardan sin nombres ni números. No escriba nada personal.",
    "stand.recorded_short.off": "No se guarda nada de lo que pregunta",
    "stand.recorded_short.counts": "Se cuenta; no se guardan preguntas",
    "stand.recorded_short.full": "Se guardan preguntas, sin nombres",
    # --- the visit ---
    "stand.tiles_head": "¿Qué le gustaría saber?",
    "stand.readers_head": "Para quién son las respuestas (algunas cambian)",
    "stand.placeholder": "Escriba una pregunta o toque un tema",
    "stand.placeholder_keyboard": "Use las teclas de abajo y toque Preguntar",
    "stand.also": "También puede preguntar",
    "stand.browse": "O uno de mis temas",
    "stand.which": "Toque la que busca",
    "stand.sources": "De dónde viene esto: toque una para ver su dirección",
    "stand.read_more": "Leer más",
    "stand.read_less": "Leer menos",
    "stand.topics": "Todos los temas",
    "stand.back": "Atrás",
    "stand.keyboard": "Teclado",
    "stand.keyboard_hide": "Ocultar teclas",
    "stand.larger": "Más grande",
    "stand.smaller": "Más pequeño",
    "stand.start_over": "Empezar de nuevo",
    "stand.meant": "¿Era esto lo que buscaba?",
    "stand.meant_yes": "Sí",
    "stand.meant_no": "No",
    "stand.meant_thanks": "Anotado, gracias.",
    # --- the keys of the keyboard on the screen ---
    "stand.key.space": "espacio",
    "stand.key.delete": "borrar",
    "stand.key.clear": "limpiar",
    "stand.key.ask": "Preguntar",
    "stand.key.rows": ("1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm,.?"),
    # --- a source ---
    "stand.source_title": "De dónde viene esto",
    "stand.source_scan": ("Apunte la cámara de su teléfono al cuadrado, o anote la dirección. Aquí no se abre nada."),
    "stand.source_note_only": "Anote la dirección para leerla en otro lugar. Aquí no se abre nada.",
    "stand.source_no_address": "Esta fuente no tiene dirección.",
    "stand.close": "Cerrar",
    # --- the warning ---
    "stand.warning.head": "¿Sigue ahí?",
    "stand.warning.act": "Toque en cualquier lugar o presione una tecla para seguir.",
    "stand.warning.left": {
        "one": "Esta conversación se borra en 1 segundo.",
        "other": "Esta conversación se borra en {count} segundos.",
    },
    # --- the staff ---
    "stand.pin.head": "Personal",
    "stand.pin.ask": "Escriba el PIN",
    "stand.pin.none": "En este equipo no hay un PIN. La persona encargada puede poner uno: dimchat kiosk --set-pin",
    "stand.pin.wrong": "Ese no es el PIN.",
    "stand.pin.checking": "Un momento.",
    "stand.pin.ok": "OK",
    "stand.pin.delete": "borrar",
    "stand.pin.cancel": "Cancelar",
    "stand.staff.head": "Menú del personal",
    "stand.staff.leave": "Cerrar el quiosco",
    "stand.staff.reload": "Buscar cambios en el paquete",
    "stand.staff.counts": "Conteo de hoy",
    "stand.staff.test": "Autoprueba",
    "stand.staff.back": "Volver a los visitantes",
    "stand.staff.no_parent": "Este quiosco funciona solo, sin supervisor: no hay nada que contar ni recargar.",
    "stand.staff.counted": (
        "Hoy: {visitors} visitantes, {answered} respuestas, {clarified} con opciones, {declined} sin respuesta, "
        "{crashes} errores."
    ),
    "stand.staff.lost": {
        "one": "Una fila del diario no se pudo guardar.",
        "other": "{count} filas del diario no se pudieron guardar.",
    },
    "stand.staff.looking": "Revisando los archivos del paquete.",
    "stand.staff.pack_taken": "El paquete cambiado pasó la revisión. Lo recibe el próximo visitante.",
    "stand.staff.pack_same": "Los archivos del paquete son los mismos que antes.",
    "stand.staff.pack_bad": (
        "El paquete tiene errores o no se puede leer: dimchat check los enumera. Los visitantes conservan el anterior."
    ),
    "stand.staff.testing": "Probando.",
}
