"""The tables and the stems of Spanish. Words stand as `tokens.words` gives them: in lower case, without accents."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import snowballstemmer

if TYPE_CHECKING:
    from dimchat.language.english import Frame


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("/") for pair in text.split())


FUNCTION_WORDS: Final = _set(
    "a al algo alguien algun alguna algunas alguno algunos ante antes aquel aquella aquello aqui asi aun aunque "
    "bajo bien cada casi como con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuyo de del "
    "desde donde durante e el ella ellas ello ellos en entre era eran eres es esa esas ese eso esos esta estaba "
    "estado estais estamos estan estar estas este esto estos estoy fue fueron ha haber habia han has hasta hay he "
    "hemos la las le les lo los mas me mi mia mias mientras mio mios mis mismo muy nada nadie ni ningun ninguna "
    "ninguno no nos nosotras nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco "
    "por porque pues que quien quienes se sea sean ser si sido siendo sin sino sobre sois solo somos son soy su "
    "sus suya suyas suyo suyos tal tambien tampoco tan tanto te ti toda todas todo todos tu tus tuya tuyas tuyo "
    "tuyos u un una unas uno unos usted ustedes vosotras vosotros vuestra vuestro y ya yo"
)
"""Words that alone ask for nothing."""
TELLING: Final = _set(
    "acerca ademas ahora ayuda ayudame buenas buenos conoces cuesta debo deberia debe dame despues dice dicen dime "
    "digame entonces estaria estudiar existe existen explicame favor gana ganan ganar gracias gustaria hace hacen "
    "hacer hago hola llama llaman llamo luego mejor mucho mucha muchos muchas necesita necesitan necesito nunca "
    "pagan parece poder podria podrian pregunta puede pueden puedo queria quiere quieren quiero quisiera saber segun "
    "siempre sirve tener tengo tenemos tiene tienen trabaja trabajan trabajar trabajo usan va vale vamos ver voy pa"
)
"""Further words of nearly any talk, by which Spanish is told from other languages."""
_OPENERS: Final[dict[Frame, str]] = {
    "follow": "y, e, o, y que hay de, que hay de, que tal, y que tal, y que pasa con",
    "same": "para, y para, y en, y de",
    "return": "volviendo a, volvamos a, de vuelta a, regresando a",
    "correct": "quise decir, me refiero a, me referia a, preguntaba por, perdon, mas bien",
    "link": "pero, entonces, bueno, pues, ok, vale, ah, oye, tambien, gracias, ademas, si",
}
OPENERS: Final = {tuple(text.split()): frame for frame, texts in _OPENERS.items() for text in texts.split(", ")}
"""The first words of a message that say how it goes on from the one before, see `english.OPENERS`."""
NEGATIONS: Final = _set("no nunca jamas sin ni tampoco")
"""Words that deny what follows."""

_LEAST = 3
"""Words of up to so many letters have no ending to take off."""
_IRREGULAR: Final = {
    form: stem
    for stem, forms in {
        "ten": "tengo tienes tiene tienen tenia tuve tuvo tendra tendras tendria tengas tenga ten",
        "pod": "podra podras podria podrias podrian podriamos",
        "quer": "quieres querra querras querria querrias",
        "hac": "hago haces hace hacen hacia hice hizo hecho hara haras haria haz haga hagas haciendo",
        "dec": "digo dices dice dicen decia dije dijo dicho dira diras diria di diga digas diciendo dime digame",
        "sab": "sabes sabe saben sabia supe supo sabra sabras sabria sepa sepas",
        "conoc": "conozco conoces conoce conocen conozca conozcas",
        "ir": "voy vas va vamos vais van iba iban ire iras ira iria vaya vayas yendo",
        "ven": "vengo vienes viene vienen venia vine vino vendra vendria venga vengas viniendo",
        "sal": "salgo sale salen saldra saldria salga salgas",
        "pon": "pongo pones pone ponen puse puso puesto pondra pondria ponga pongas",
        "abr": "abro abres abre abren abierto abierta abiertos abiertas",
    }.items()
    for form in forms.split()
}
"""Forms of common verbs that no ending tells."""
_CHANGED: Final = _pairs(
    "acuerd/acord acuest/acost adviert/advert almuerc/almorc atiend/atend calient/calent cierr/cerr "
    "comienc/comenc conviert/convert cuelg/colg cuent/cont cuest/cost defiend/defend despiert/despert "
    "devuelv/devolv diviert/divert divirt/divert duel/dol duerm/dorm durm/dorm elij/eleg empiec/empec "
    "enciend/encend encuentr/encontr entiend/entend jueg/jug juegu/jug lluev/llov mient/ment muer/mor "
    "muestr/mostr muev/mov pid/ped piens/pens pierd/perd prefier/prefer prefir/prefer prueb/prob pued/pod pud/pod "
    "quier/quer quis/quer recomiend/recomend recuerd/record repit/repet resuelv/resolv sient/sent sig/segu "
    "sigu/segu sint/sent sirv/serv sugier/suger sugir/suger vuel/vol vuelv/volv"
)
"""Stems in which a vowel changes where the stress falls on it, each with the other form: "diviertes", "divertirte"."""
_SINGULAR: Final = _set(
    "pais autobus interes ingles frances portugues gas estres compas virus campus viernes lunes martes miercoles jueves"
)
"""Words whose s is no plural."""
_ENCLITIC = re.compile(r"(?<=[aeo])(?:me|te|nos)(?:l[aeo]s?)?$|(?<=[^p][ai]r)te$")
"""Pronouns that Snowball leaves on: behind an imperative without its accent ("ayudame", "mandanoslo"), and "te"."""
_LONG = 7
"""A word of fewer letters may end so without one: "nombre", "llame"."""
_snowball = snowballstemmer.stemmer("spanish")


def _again(word: str) -> str:
    """Return what Snowball leaves of a word, asked until nothing changes, with the vowel of the infinitive."""
    before = ""
    while word != before and len(word) > _LEAST and _even(word) not in _CHANGED:
        before, word = word, _snowball.stemWord(word)
    return _CHANGED.get(_even(word), _even(word))


def _even(stem: str) -> str:
    """Return a stem with c for a last z, as in "luces"."""
    return f"{stem[:-1]}c" if stem.endswith("z") else stem


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return a Spanish word without its endings, by Snowball's stemmer, taken until nothing is left to take.

    M. F. Porter's "Spanish stemming algorithm" (snowballstem.org) takes "imagenes" to "imagen", and that to "imag";
    and it leaves "dias" beside "dia". So it is asked again, and where it changes nothing, without an s.

    Args:
        word: In lower case, without accents; one of up to three letters comes back as it is.

    >>> stem("imagenes") == stem("imagen"), stem("dias"), stem("paises") == stem("pais")
    (True, 'dia', True)
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if word in _SINGULAR or word.removesuffix("es") in _SINGULAR:
        return word if word in _SINGULAR else word.removesuffix("es")
    if len(word) >= _LONG:
        word = _ENCLITIC.sub("", word)
    if len(word) <= _LEAST or not word.isalpha():
        return _even(word)
    once = _snowball.stemWord(word)
    return _again(once if once != word else word.removesuffix("s"))
