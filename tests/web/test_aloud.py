"""What is read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.web.visitor.aloud import aloud
from dimchat.wording import BASE_LANGUAGES

ENGLISH = [
    ("$123,000", "one hundred twenty-three thousand dollars"),
    ("over $123,860 a year", "over one hundred twenty-three thousand eight hundred sixty dollars a year"),
    ("a fee of $1", "a fee of one dollar"),
    ("$1.5 million", "one point five million dollars"),
    ("$59.55 an hour, $6.00, $0.50", "fifty-nine dollars and fifty-five cents an hour, six dollars, fifty cents"),
    ("$33.4009", "thirty-three point four zero zero nine dollars"),
    ("$60K, $60/hour, -$5", "sixty thousand dollars, sixty dollars per hour, minus five dollars"),
    ("$90,000-$120,000", "ninety thousand to one hundred twenty thousand dollars"),
    ("$60,000 to $70,000", "sixty thousand to seventy thousand dollars"),
    ("$6.50 to $7", "six dollars and fifty cents to seven dollars"),
    ("from $5 to 10 people", "from five dollars to ten people"),
    ("the ARRT and two MRIs", "the A.R.R.T. and two M R I's"),
    ("PACS, HIPAA and PET/CT", "PACS, HIPAA and PET C T"),
    ("U.S. staff, R.T.s, R.T.(R)(CT)", "U.S. staff, R.T.s, R.T.(R)(C T)"),
    ("Zone I is open, III is locked, and IV is cold", "Zone one is open, three is locked, and four is cold"),
    ("the AHRA's, hold CRA.", "the A.H.R.A.'s, hold C.R.A."),
    ("section 135(a) of MIPPA", "section one hundred thirty-five A, of MIPPA"),
    ("5 IV pumps", "five I V pumps"),
    ("23% of them, 5-10%", "twenty-three percent of them, five to ten percent"),
    ("7\u201310 years", "seven to ten years"),
    ("3-5 years, 40 \u2013 60", "three to five years, forty to sixty"),
    ("in May 2025", "in May twenty twenty-five"),
    ("since 1867 and the 1990s", "since eighteen sixty-seven and the nineteen nineties"),
    ("2,025 beds", "two thousand twenty-five beds"),
    ("in 2024-25 and 2025-05", "in twenty twenty-four to twenty-five and May twenty twenty-five"),
    ("on 2026-11-24", "on November twenty-fourth, twenty twenty-six"),
    ("by Nov. 30, or January 1, 2026.", "by November thirtieth, or January first, twenty twenty-six."),
    ("30 November; 11/30/2026", "November thirtieth; November thirtieth, twenty twenty-six"),
    ("of the 5 may stay", "of the five may stay"),
    ("7:30 a.m. to 4 p.m.", "seven thirty A.M. to four P.M."),
    ("7:00: walk; 7:05; 14:30", "seven o'clock: walk; seven oh five; two thirty P.M."),
    ("one ratio is 1:4", "one ratio is one to four"),
    ("row 11-9111", "row one one, nine one one one"),
    ("see https://www.bls.gov/x-y/z.htm for more", "see bls dot gov for more"),
    ("Log in at www.arrt.org.", "Log in at arrt dot org."),
    ("cdc.gov/niosh (help@arrt.org)", "cdc dot gov slash niosh (help at arrt dot org)"),
    ("- a point", "a point"),
    ("B2B and 3D", "B two B and three D"),
    ("COVID-19, XR-29, CMS-0057-F", "COVID nineteen, X R twenty-nine, C M S zero zero five seven F"),
    ("a 24-month program in mid-2026", "a twenty-four month program in mid twenty twenty-six"),
    ("0.5 rem (5 mSv), 5 mrem", "zero point five rem (five millisieverts), five millirem"),
    ("1.5T or 3 T, 1 kg, 20 \u00b0C", "one point five tesla or three tesla, one kilogram, twenty degrees Celsius"),
    ("29 U.S.C. 631(a)", "twenty-nine U S C six hundred thirty-one A"),
    ("42 CFR 482.13", "forty-two C F R four hundred eighty-two point thirteen"),
    (
        "21 CFR 900.12(a)(2) and 10 CFR Part 20",
        "twenty-one C F R nine hundred point twelve A, two and ten C F R Part twenty",
    ),
    ("29 CFR 1910.1096", "twenty-nine C F R nineteen ten point ten ninety-six"),
    ("(651) 687-0048", "six five one, six eight seven, zero zero four eight"),
    ("+1 651 687 0048", "plus one, six five one, six eight seven, zero zero four eight"),
    ("Call 911, or text 988.", "Call nine one one, or text nine eight eight."),
    ("911 beds", "nine hundred eleven beds"),
    ("1/2, 3/4, 1 1/2, 2\u00bd", "one half, three quarters, one and a half, two and a half"),
    ("120/80, and/or, 24/7", "one hundred twenty over eighty, and or, twenty-four seven"),
    ("the 1st, 2nd and 40th", "the first, second and fortieth"),
    ("-5 or \u22125 or \u20135 degrees", "minus five or minus five or minus five degrees"),
    ("\u2265 5, ~100, \u00b12", "at least five, about one hundred, plus or minus two"),
    ("007, 1.2.3", "zero zero seven, one point two point three"),
    ("72704206771959", "seven two seven zero four two zero six seven seven one nine five nine"),
]
SPANISH = [
    ("gana 85.000 al año", "gana ochenta y cinco mil al año"),
    ("gana 85,000 al año", "gana ochenta y cinco mil al año"),
    ("5.000 euros y 5,50 \u20ac", "cinco mil euros y cinco euros con cincuenta centavos"),
    ("$1,000,000 o $1.5 millones", "un millón de dólares o uno punto cinco millones de dólares"),
    ("$60,000 a $70,000", "sesenta mil a setenta mil dólares"),
    ("0,5 rem, 0.5 mSv", "cero coma cinco rems, cero punto cinco milisieverts"),
    ("24 percent, 24 %", "veinticuatro por ciento, veinticuatro por ciento"),
    ("-5 grados", "menos cinco grados"),
    ("1 año, 21 días, 21 horas, 200 horas", "un año, veintiún días, veintiuna horas, doscientas horas"),
    ("Vacantes: unas 62,300 al año", "Vacantes: unas sesenta y dos mil trescientas al año"),
    ("200.000.300 horas", "doscientos millones trescientas horas"),
    ("31.000 personas", "treinta y un mil personas"),
    ("a la 1:00, a las 14:30 h", "a la una en punto, a las catorce treinta"),
    ("de 7:30 a. m. a 9 p.m.", "de siete treinta de la mañana a nueve de la noche."),
    ("1 de enero de 2026", "primero de enero de dos mil veintiséis"),
    ("2026-11-30", "treinta de noviembre de dos mil veintiséis"),
    ("1.º, 3.ª, 3er año", "primero, tercera, tercer año"),
    ("1/2, 3/4, y/o", "un medio, tres cuartos, y o"),
    ("llame al 911 o al 988", "llame al nueve uno uno o al nueve ocho ocho"),
    ("10 CFR 20.1101(b)", "diez C F R veinte punto mil ciento uno B"),
    ("EE. UU., arrt.org", "Estados Unidos, arrt punto org"),
]
GERMAN = [
    ("Das kostet 5.000 Euro", "Das kostet fünftausend Euro"),
    ("5,50 \u20ac", "fünf Euro und fünfzig Cent"),
    ("2,5 mSv, 1,234 kg", "zwei Komma fünf Millisievert, eins Komma zwei drei vier Kilogramm"),
    ("um 14:30 Uhr", "um vierzehn Uhr dreißig"),
    ("am 30.11.2026", "am dreißigsten November zweitausendsechsundzwanzig"),
    ("der 3. Oktober", "der dritte Oktober"),
    ("im 3. Quartal", "im dritten Quartal"),
    ("1 Jahr, 1 Stunde", "ein Jahr, eine Stunde"),
    ("\u22125 Grad, 40\u201360 %", "minus fünf Grad, vierzig bis sechzig Prozent"),
    ("z. B. 1/2, 24/7", "zum Beispiel ein halb, vierundzwanzig sieben"),
    ("rufen Sie 112", "rufen Sie eins eins zwei"),
    ("2,3 Mio. Euro", "zwei Komma drei Millionen Euro"),
]


@pytest.mark.parametrize(
    ("tag", "written", "said"),
    [(tag, *pair) for tag, pairs in (("en", ENGLISH), ("es", SPANISH), ("de", GERMAN)) for pair in pairs],
)
def test_it_is_said_as_people_say_it(tag: str, written: str, said: str) -> None:
    assert aloud([written], tag) == [said]


@pytest.mark.parametrize(
    ("tag", "written", "said"),
    [
        ("es-US", "85,000", "ochenta y cinco mil"),
        ("es-MX", "85.000", "ochenta y cinco mil"),
        ("es-ES", "85,125", "ochenta y cinco coma uno dos cinco"),
        ("de-CH", "5\u2019000", "fünftausend"),
        ("en-US", "3/4/2026", "March fourth, twenty twenty-six"),
        ("en-GB", "3/4/2026", "April third, twenty twenty-six"),
    ],
)
def test_the_region_tells_how_figures_are_written(tag: str, written: str, said: str) -> None:
    assert aloud([written], tag) == [said]


def test_the_voice_of_another_language_reads_what_is_written() -> None:
    assert aloud(["- 5 000 \u20ac", ""], "fr") == ["5 000 \u20ac"]


LONGEST = 25
"""Letters that a figure or a sign takes at most."""
PIECES = st.sampled_from(
    [
        *"$ \u20ac % - \u2013 \u2212 . , : / ' ( ) + \u00ba \u00a7 T K \u00bd \u0665 I",
        *("a.m.", "th", "Nov.", "de", "CFR", "rem", "mSv", "to", "call", "XR", "R.T.", "arrt.org", "Uhr", "III", "$"),
        *("0", "1", "7", "12", "30", "100", "911", "1990", "2026", "85.000", "85,000", "0.05", "1234567"),
    ]
)


@given(
    st.text(max_size=200) | st.text("0123456789.,-$% A", max_size=40) | st.lists(PIECES, max_size=20).map("".join),
    st.sampled_from([*BASE_LANGUAGES, "es-MX", "en-GB", "de-CH"]),
)
def test_any_text_is_said_without_a_figure(text: str, tag: str) -> None:
    said = aloud([text], tag)
    assert all(line.strip() for line in said)
    assert not any(one.isdecimal() for line in said for one in line)
    assert sum(map(len, said)) <= LONGEST * len(text)
