"""Words that are spelt one way in American English and another in British English."""

from __future__ import annotations

_PAIRS = """
aging ageing
analog analogue
analyze analyse
anesthesia anaesthesia
anesthesiologist anaesthesiologist
anesthetic anaesthetic
authorization authorisation
authorize authorise
behavior behaviour
canceled cancelled
canceling cancelling
catalog catalogue
center centre
centers centres
color colour
counseling counselling
counselor counsellor
defense defence
dialog dialogue
diarrhea diarrhoea
emphasize emphasise
enroll enrol
enrollment enrolment
esophagus oesophagus
estrogen oestrogen
favor favour
favorite favourite
fetal foetal
fetus foetus
fiber fibre
finalize finalise
fulfill fulfil
gray grey
gynecologist gynaecologist
gynecology gynaecology
hematology haematology
honor honour
judgment judgement
labeled labelled
labor labour
leukemia leukaemia
liter litre
maneuver manoeuvre
meter metre
minimize minimise
mom mum
neighbor neighbour
optimize optimise
organization organisation
organizational organisational
organizations organisations
organize organise
organized organised
orthopedic orthopaedic
pediatric paediatric
pediatrics paediatrics
prioritize prioritise
program programme
programs programmes
realize realise
recognize recognise
recognized recognised
skillful skilful
specialization specialisation
specialize specialise
specialized specialised
specialty speciality
standardize standardise
summarize summarise
tumor tumour
traveled travelled
traveling travelling
utilization utilisation
utilize utilise
license licence
licenses licences
""".strip()

TO_BRITISH = dict(line.split(" ", 1) for line in _PAIRS.splitlines())
"""American to British."""
TO_AMERICAN = {british: american for american, british in TO_BRITISH.items()}
"""British to American."""


def respelt(word: str) -> str:
    """Return a word in the other spelling, or the word itself where both are the same.

    Args:
        word: In any case; what comes back is in lower case where it differs.
    """
    plain = word.lower()
    other = TO_BRITISH.get(plain) or TO_AMERICAN.get(plain)
    return word if other is None or other == plain else other
