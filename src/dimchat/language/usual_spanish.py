"""The Spanish words of what people usually ask; see `usual`. They stand without accents, as they are compared."""

from __future__ import annotations

from typing import Final

from dimchat.language.spanish import FUNCTION_WORDS, NEGATIONS
from dimchat.language.usual import UsualWords, entry

_ASKED: Final = (
    entry("coste", "cuanto cuesta, cuanto vale, cuanto es, precio, coste, tarifa, gratis, caro", general=True),
    entry("duración", "cuanto dura, cuanto tarda, cuanto tiempo, cuantos dias, plazo", general=True),
    entry("cantidad", "cuantos, cuantas, limite, maximo, como mucho", signs="cuantos, cuantas", general=True),
    entry("momento", "cuando, a que hora, que dia, que dias", general=True),
    entry("lugar", "donde, en que sala, en que planta, por donde", signs="donde", general=True),
    entry(
        "elección", "cual, cuales, que tipos, que clases, otros, otras", signs="cual, cuales, que tipos", general=True
    ),
    entry(
        "horario",
        "horario, horarios, abierto, abren, cierran, cuando, hora de cierre, fin de semana, sabado, domingo",
        signs="horario, horarios, abren, abris, abre, abierto, abierta, cierran, cerrais",
    ),
    entry(
        "dirección",
        "direccion, donde, ubicacion, como llegar, encontraros, mapa",
        signs="direccion, donde estais, donde estan, donde esta la, donde esta el, como llego, como llegar",
    ),
    entry("teléfono", "telefono, numero, llamar, correo, contacto", signs="telefono, correo, contacto, contactar"),
    entry("festivos", "festivos, festivo, vacaciones, navidad, semana santa", signs="festivo, festivos, navidad"),
    entry(
        "aparcamiento", "aparcar, aparcamiento, parking, coche, garaje", signs="aparcar, aparcamiento, parking, coche"
    ),
    entry("transporte", "autobus, tren, tranvia, metro, bus, transporte", signs="autobus, tren, tranvia, metro, bus"),
    entry(
        "accesibilidad",
        "silla de ruedas, accesible, discapacidad, ascensor, rampa, carrito",
        signs="silla de ruedas, sillas de ruedas, accesible, discapacidad, movilidad reducida",
    ),
    entry("wifi", "wifi, internet, red, conexion", signs="wifi, internet"),
    entry("comida", "comer, comida, beber, cafe, cafeteria, restaurante", signs="comer, comida, beber, cafeteria"),
    entry("animales", "perro, perros, mascota, mascotas, animal, gato", signs="perro, mascota, animal"),
    entry(
        "niños", "nino, ninos, nina, hijo, hija, hijos, bebe, menores, edad", signs="nino, ninos, hijo, bebe, menores"
    ),
    entry("jóvenes", "jovenes, adolescentes, joven, juventud", signs="joven, jovenes, adolescentes"),
    entry("mayores", "mayores, jubilados, tercera edad, pensionistas", signs="jubilado, jubilados, tercera edad"),
    entry("estudiantes", "estudiante, estudiantes, colegio, alumnos", signs="estudiante, estudiantes, alumnos"),
    entry("grupos", "grupo, grupos, excursion", signs="grupo, grupos"),
    entry("descuento", "descuento, descuentos, rebaja, reducido, mas barato", signs="descuento, descuentos, reducida"),
    entry("reserva", "reservar, reserva, reservas, pedir cita, cita", signs="reservar, reservo, reserva, pedir cita"),
    entry("cancelación", "cancelar, cancelacion, anular, anulacion, cambiar", signs="cancelar, cancelo, anular"),
    entry("renovación", "renovar, renovacion, prorrogar, ampliar, caduca", signs="renovar, renuevo, prorrogar, caduca"),
    entry("pérdida", "perder, perdido, pierdo, robado, extraviado, robo", signs="perder, perdido, pierdo, robado"),
    entry("daños", "roto, romper, estropeado, danado, mojado", signs="roto, rompo, estropeado, danado, danar"),
    entry("retraso", "tarde, retraso, multa, sancion", signs="tarde, retraso, multa, sancion"),
    entry("devolución", "devolver, devolucion, entregar", signs="devolver, devuelvo, devolucion"),
    entry("reembolso", "reembolso, dinero de vuelta, me devuelven", signs="reembolso, devuelven el dinero"),
    entry(
        "inscripción",
        "inscribirse, inscripcion, apuntarse, apuntarme, registrarse, hacerse socio, alta",
        signs="inscrib, inscripcion, inscribo, apunto, apuntarme, apuntarse, registrarse, hago socio, hacerme",
    ),
    entry("contraseña", "contrasena, clave, entrar, iniciar sesion", signs="contrasena, iniciar sesion"),
    entry("pago", "pagar, pago, tarjeta de credito, efectivo, factura", signs="pagar, pago, efectivo"),
    entry("plazos", "plazos, a plazos, mensual, financiar", signs="a plazos, financiar"),
    entry("errores", "error, equivocado, mal, incorrecto, queja", signs="error, equivocado, incorrecto"),
    entry("seguro", "seguro, seguros, poliza, cobertura", signs="seguro, seguros, poliza"),
    entry("idiomas", "interprete, idioma, idiomas, traductor, ingles", signs="interprete, idioma, idiomas, traductor"),
    entry("vídeo", "video, a distancia, en linea, por telefono", signs="video, videollamada, a distancia"),
    entry("resultados", "resultado, resultados", signs="resultado, resultados"),
    entry("copias", "copia, copias, duplicado", signs="copia, copias, duplicado"),
    entry("privacidad", "privacidad, privado, confidencial, datos", signs="privacidad, confidencial"),
    entry("seguridad", "seguro, peligroso, riesgo, riesgos", signs="peligroso, riesgo, riesgos"),
    entry("embarazo", "embarazo, embarazada", signs="embarazo, embarazada"),
    entry("impresión", "imprimir, impresora, impresion", signs="imprimir, imprimo, impresora"),
    entry("escaneo", "escanear, escaner", signs="escanear, escaneo, escaner"),
    entry("fotos", "foto, fotos, camara, fotografiar, fotografias", signs="foto, fotos, fotografias"),
    entry(
        "equipaje",
        "equipaje, maleta, maletas, mochila, taquilla, consigna",
        signs="equipaje, maleta, maletas, taquilla, consigna",
    ),
    entry("aseos", "aseo, aseos, bano, servicios, lavabo", signs="aseo, aseos, bano, banos, lavabo"),
    entry("visitas guiadas", "visita guiada, guia, visita, tour", signs="guiada, guiadas, guia, tour"),
    entry("entradas", "entrada, entradas, billete, billetes, ticket", signs="entrada, entradas, billete, billetes"),
    entry(
        "tamaño", "tamano, grande, grandes, caben, plazas, capacidad", signs="caben, capacidad, tamano, como de grande"
    ),
    entry("trabajo", "trabajo, empleo, trabajar aqui, vacantes", signs="empleo, trabajar con, vacantes"),
    entry("voluntariado", "voluntario, voluntarios, ayudar", signs="voluntario, voluntariado"),
    entry("donaciones", "donar, donacion, donaciones, regalar", signs="donar, donacion, dono"),
    entry("envío", "envio, enviar, entrega, mandar", signs="envio, envios, enviar"),
    entry("garantía", "garantia, reparar, reparacion", signs="garantia, reparar"),
    entry("requisitos", "requisitos, necesito, hace falta, condiciones", signs="requisitos, hace falta, que necesito"),
)
_KINDS: Final = {
    "person": "personal equipo medico enfermera profesor guia conductor padres voluntarios",
    "credential": "carne carnet tarjeta licencia certificado permiso pasaporte visado",
    "body": "organizacion empresa fundacion asociacion club consejo",
    "law": "ley norma normas reglamento condiciones derechos",
    "device": "ordenador impresora escaner maquina equipo herramienta",
    "program": "evento curso clase actividad taller programa exposicion formacion excursion",
    "place": "visita lugar edificio oficina sala direccion llegada museo sitio castillo",
}
_LIGHT: Final = (
    "hay hacer puedo puede pueden podemos tengo tiene tienen quiero querria necesito debo ir llevar traer ver poner "
    "dar saber que como persona personas algo cosa primera primer nuevo nueva vez dia hora parte favor sirve "
    "haceis teneis"
)
"""Words that could be said of nearly any matter."""
USUAL: Final = UsualWords(
    _ASKED,
    {kind: frozenset(listed.split()) for kind, listed in _KINDS.items()},
    idle=FUNCTION_WORDS | frozenset(_LIGHT.split()),
    denying=NEGATIONS,
    asking=frozenset({"cuando", "donde", "cual", "cuales", "cuantos", "cuantas"}),
    joins=r"\s+(?:y|e|o)\s+|[,/]",
)
