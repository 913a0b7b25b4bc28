"""Kinds of details that are told by what stands around them, each beside what only looks like it."""

from __future__ import annotations

import pytest

from dimchat.journal.record.redact import redact

SIGNS = ["at-sign", "at sign", "(at sign)", "arroba", "arobase", "\u00e4t", "aet", "chiocciola", "[\u00e4t]"]
POINTS = ["dot", "period", "punto", "punkt", "point", "ponto", "(dot)"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("point", POINTS)
def test_mail_is_found_with_the_sign_and_the_dot_called_by_a_name(sign: str, point: str) -> None:
    kept = redact(f"write to k.brandt {sign} example {point} com, what is the pay?").text
    assert kept == "write to [e-mail], what is the pay?"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("its wesley at example.org / thanks", "its [e-mail] / thanks"),
        ("ok (tina at example.net) what now", "ok ([e-mail]) what now"),
        ("dmitri at example.com!! pay?", "[e-mail]!! pay?"),
        ("aadhaar 9999 4105 7058 is mine", "aadhaar [number] is mine"),
        ("aadhaar: 5555 6666 7777 ok", "aadhaar: [number] ok"),
        ("NHS no: 9434765919 scan", "NHS no: [number] scan"),
        ("PAN ABCPK1234L for the fee", "PAN [number] for the fee"),
        ("mi dni es 12.345.678-Z y", "mi dni es [number] y"),
        ("BSN 1234 56 782 voor", "BSN [number] voor"),
        ("medicare number 2123 45670 1 for it", "medicare number [number] for it"),
        ("health card 9876 543 210 my xray", "health card [number] my xray"),
        ("mail it to 63 Old Mill Lane please", "mail it to [address] please"),
        ("1200 Spring Valley Drive is home", "[address] is home"),
        ("415 Park Court Road, ok?", "[address], ok?"),
        ("im in Flat 2, 18 Larch Street, Leeds LS1 4AB ok", "im in [address] ok"),
        ("Lindenweg 14, 10115 Berlin ist es", "[address] ist es"),
        ("10115 Berlin, Lindenweg 14 ist es", "[address] ist es"),
        ("6 Rue des Tilleuls, 69003 Lyon svp", "[address] svp"),
        ("vivo en Calle Encina 45, 3\u00baB, 28012 Madrid, soy", "vivo en [address], soy"),
        ("its 3350 county road 12 lot 9 elkhart in 46514", "its [address]"),
        ("3/18 Station Street, Richmond VIC 3121 ok", "[address] ok"),
        ("wohne in 50667 K\u00f6ln, suche", "wohne in [address], suche"),
        ("geboren op 5 mei 1984, te oud?", "geboren op [date], te oud?"),
        ("n\u00e9e le 4 ao\u00fbt 1982, cadre", "n\u00e9e le [date], cadre"),
        ("nacido el 7 de agosto de 1991, soy", "nacido el [date], soy"),
        ("am 23. Oktober 1987 geboren", "am [date] geboren"),
    ],
)
def test_the_whole_detail_goes_and_the_rest_stays(text: str, kept: str) -> None:
    assert redact(text).text == kept


@pytest.mark.parametrize(
    "text",
    [
        "lane 1 walk ins lane 2 scheduled",
        "court 3 or court 4 way down the hall",
        "510(k) K213456 for the AI tool",
        "ai tool v3.2.0 fda cleared k213456",
        "DEN180001 and PMA P170019/S003",
        "Policy RAD-0042 rev 7",
        "Form 4506 and 21 CFR 900.12",
        "NFPA 99, ACR-AAPM TG-18, Z136.3, ISO 13485:2016",
        "part number 5321477-2 tube",
        "GE 5131070-2 cable, NDC 65219-0381-50",
        "medicare 2025 2026 rates, BSN 120 credits",
        "insurance pays 1200 a scan",
        "at this point com staff matter",
        "the reg is at ecfr.gov, part 900",
        "posted at arrt.org; is that current",
        "we spoke at work. it was fine",
        "in NE 2024 salaries, nato 2024",
        "am 3. Mai 2026 ist unser Audit",
        "4 sites, 75005 exams",
    ],
)
def test_what_is_told_apart_by_a_number_is_no_detail(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize("text", ["policy number RAD-0042 of my insurance", "my policy is HX-00427", "badge K2134567"])
def test_the_same_letters_and_figures_are_a_detail_where_they_are_a_persons(text: str) -> None:
    assert redact(text).found
