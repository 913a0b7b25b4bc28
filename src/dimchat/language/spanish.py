"""The tables and the stems of Spanish. Words stand as `tokens.words` gives them: in lower case, without accents."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import snowballstemmer


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
NEGATIONS: Final = _set("no nunca jamas sin ni tampoco")
"""Words that deny what follows."""

_LEAST = 3
"""Words of up to so many letters have no ending to take off."""
_IRREGULAR: Final = {
    form: stem
    for stem, forms in {
        "ten": "tengo tienes tiene tienen tenia tuve tuvo tendra tendras tendria tengas tenga ten",
        "pod": "puedo puedes puede pueden podia pude pudo podras podra podria podrias pueda puedas",
        "quer": "quiero quieres quiere quieren queria quise quiso quisiera querria quiera quieras",
        "hac": "hago haces hace hacen hacia hice hizo hecho hara haras haria haz haga hagas haciendo",
        "dec": "digo dices dice dicen decia dije dijo dicho dira diras diria di diga digas diciendo dime digame",
        "sab": "sabes sabe saben sabia supe supo sabra sabras sabria sepa sepas",
        "conoc": "conozco conoces conoce conocen conozca conozcas",
        "ir": "voy vas va vamos vais van iba iban ire iras ira iria vaya vayas yendo",
        "ven": "vengo vienes viene vienen venia vine vino vendra vendria venga vengas viniendo",
        "sal": "salgo sale salen saldra saldria salga salgas",
        "pon": "pongo pones pone ponen puse puso puesto pondra pondria ponga pongas",
        "ped": "pido pides pide piden pedi pidio pida pidas pidiendo",
        "dorm": "duermo duermes duerme duermen duerma duermas durmiendo",
        "jug": "juego juegas juega juegan juegue juegues",
        "cerr": "cierro cierras cierra cierran cierre cierres",
        "abr": "abro abres abre abren abierto abierta abiertos abiertas",
        "cost": "cuesta cuestan cueste cuesten",
        "encontr": "encuentro encuentras encuentra encuentran encuentre encuentres",
        "empez": "empiezo empiezas empieza empiezan empiece",
        "entend": "entiendo entiendes entiende entienden entienda entiendas",
        "pens": "pienso piensas piensa piensan piense pienses",
        "sent": "siento sientes siente sienten sienta sientas sintiendo",
        "volv": "vuelvo vuelves vuelve vuelven vuelva vuelvas vuelto",
        "recomend": "recomiendo recomiendas recomienda recomiendan recomiende",
    }.items()
    for form in forms.split()
}
"""Forms of common verbs whose stem changes, which no ending tells."""
_ENCLITIC = re.compile(r"(?<=[aeo])(?:me|te|nos)(?:l[aeo]s?)?$")
"""Pronouns behind an imperative; where the accent is left out, Snowball leaves them on: "ayudame", "mandanoslo"."""
_LONG = 7
"""A word of fewer letters may end so without one: "nombre", "llame"."""
_snowball = snowballstemmer.stemmer("spanish")


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return a Spanish word without its endings, by Snowball's stemmer, taken until nothing is left to take.

    M. F. Porter's "Spanish stemming algorithm" (snowballstem.org) takes "imagenes" to "imagen", and that to "imag";
    and it leaves "dias" beside "dia". So it is asked again, the s of a plural taken off; z is c, as in "luces".

    Args:
        word: In lower case, without accents; one of up to three letters comes back as it is.

    >>> stem("imagenes") == stem("imagen"), stem("dias"), stem("paises") == stem("pais")
    (True, 'dia', True)
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) >= _LONG:
        word = _ENCLITIC.sub("", word)
    before = ""
    while word != before and len(word) > _LEAST and word.isalpha():
        before = word
        word = _snowball.stemWord(word)
        word = word.removesuffix("s") if word == before else word
    return f"{word[:-1]}c" if word.endswith("z") else word
