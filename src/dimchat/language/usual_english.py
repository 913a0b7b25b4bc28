"""The English words of what people usually ask; see `usual`."""

from __future__ import annotations

from typing import Final

from dimchat.language.english import FUNCTION_WORDS, NEGATIONS, PRONOUNS, QUESTION_WORDS, VAGUE
from dimchat.language.usual import UsualWords, entry

_ASKED: Final = (
    entry("cost", "how much, cost, price, fee, free, charge, expensive", general=True),
    entry(
        "duration",
        "how long, how many days, how many weeks, how fast, when do i get, when will",
        signs="how long",
        general=True,
    ),
    entry("number", "how many, limit, maximum, at most", signs="how many", general=True),
    entry("time", "when, what time, what day, which day", general=True),
    entry("place", "where, which room, which floor, which building", signs="where", general=True),
    entry(
        "choice",
        "which, which ones, what kinds, others, selection, list",
        signs="which, what kind, what kinds",
        general=True,
    ),
    entry("waiting time", "how soon, wait, waiting time, earliest, urgent, same day"),
    entry(
        "opening hours",
        "open, when, opening hours, opening times, hours, close, closing time, closed, weekend, saturday, sunday",
        signs="are you open, you open, do you open, opening hours, opening times, your hours, you close, is it open",
    ),
    entry(
        "address",
        "address, where, location, located, directions, find you, get there",
        signs="where are you, where is the, located, your address, find you, get to you, your location",
    ),
    entry(
        "phone number", "phone, phone number, telephone, call, email, contact", signs="phone, email, contact, reach you"
    ),
    entry("holidays", "holiday, holidays, public holiday, christmas, easter", signs="holiday, holidays, christmas"),
    entry("parking", "parking, park, car park, car, garage, by car", signs="parking, park, car park, my car"),
    entry(
        "public transport",
        "bus, train, tram, subway, public transport, by bus, by train",
        signs="bus, train, tram, subway, public transport",
    ),
    entry(
        "accessibility",
        "wheelchair, accessible, accessibility, disabled, elevator, lift, ramp, stroller",
        signs="wheelchair, accessible, accessibility, disabled, disability, stroller",
    ),
    entry("wifi", "wifi, wi-fi, internet, wireless", signs="wifi, wi-fi, internet"),
    entry(
        "food and drink",
        "food, eat, drink, cafe, restaurant, coffee, lunch, snacks",
        signs="eat, food, drink, cafe, restaurant",
    ),
    entry("animals", "dog, dogs, pet, pets, animal, animals, cat", signs="dog, pet, animal"),
    entry(
        "children",
        "child, children, kid, kids, son, daughter, baby, minors, age",
        signs="child, children, kid, baby, minor",
    ),
    entry("young people", "teenagers, teens, teen, youth, adolescents", signs="teenager, teen, youth"),
    entry("seniors", "seniors, senior, elderly, older people, retired, pensioners", signs="senior, elderly, retired"),
    entry("students", "student, students, school, pupils", signs="student, pupil"),
    entry("groups", "group, groups, school class, party of", signs="group, groups"),
    entry(
        "discount", "discount, reduced, reduction, cheaper, concession", signs="discount, reduced, concession, cheaper"
    ),
    entry(
        "booking",
        "book, booking, reserve, reservation, schedule, make an appointment",
        signs="book a, book an, to book, reserve a, reservation, schedule a, make an appointment, make a booking",
    ),
    entry(
        "cancellation",
        "cancel, cancellation, call off, change my booking, reschedule",
        signs="cancel, cancellation, reschedule",
    ),
    entry("absence", "miss, missed, no show, not come, forget", signs="miss a, miss an, missed, no show"),
    entry(
        "renewal", "renew, renewal, extend, extension, expire, expired, longer", signs="renew, renewal, extend, expire"
    ),
    entry(
        "loss", "lost, lose, stolen, replace, replacement, missing", signs="lost, lose, stolen, replace, replacement"
    ),
    entry("damage", "damage, damaged, broken, break, torn, wet, ruined", signs="damage, damaged, broken, break"),
    entry("delay", "late, overdue, fine, fines, delay", signs="late, overdue, fine for"),
    entry(
        "return",
        "return, give back, bring back, take back, send back",
        signs="return, give back, bring back, send back",
    ),
    entry("refund", "refund, money back, reimbursed, reimbursement", signs="refund, money back, reimburse"),
    entry(
        "registration",
        "sign up, register, registration, enrol, enroll, join, apply, application, become a member",
        signs="sign up, register, registration, enrol, enroll, join, apply, become a member",
    ),
    entry(
        "waiting list",
        "hold, on hold, waiting list, taken, someone else has, reserve",
        signs="reserve a book, waiting list, place a hold",
    ),
    entry(
        "membership for others",
        "visitor, tourist, outside the city, non-resident, another town",
        signs="outside the city, non-resident, live elsewhere",
    ),
    entry(
        "change of details",
        "change, update, moved, move, new address, new name",
        signs="change my, update my, change the",
    ),
    entry("password", "password, log in, login, locked out, forgot", signs="password, log in, login"),
    entry("account", "account, profile, log in, sign in", signs="account, portal"),
    entry(
        "payment",
        "pay, payment, credit card, cash, invoice",
        signs="can i pay, to pay, do i pay, payment, credit card, cash",
    ),
    entry(
        "instalments",
        "instalments, installments, pay later, monthly, payment plan",
        signs="instalment, installment, payment plan, pay later",
    ),
    entry(
        "mistakes",
        "wrong, mistake, error, incorrect, dispute, complaint",
        signs="wrong, mistake, error, incorrect, dispute",
    ),
    entry("complaints", "complaint, complain, unhappy, feedback, suggestion", signs="complaint, complain, feedback"),
    entry("insurance", "insurance, insured, coverage, covered, plan", signs="insurance, insured"),
    entry(
        "what to bring",
        "what should i bring, what to bring, need to bring, bring, documents",
        signs="should i bring, to bring, need to bring, documents do i need",
    ),
    entry(
        "company",
        "companion, husband, wife, friend, family, partner, come along, somebody",
        signs="bring somebody, bring someone, bring a friend, with me, come along",
    ),
    entry(
        "languages",
        "interpreter, translator, language, spanish, translation",
        signs="interpreter, translator, language, translation",
    ),
    entry("video", "video, online, remote, by phone, virtual, zoom", signs="video, remote, virtual"),
    entry("results", "results, result, outcome, findings", signs="result, results"),
    entry("copies", "copy, copies, duplicate", signs="copy of, copies, duplicate"),
    entry(
        "privacy",
        "private, privacy, confidential, who can see, who sees, data",
        signs="privacy, private, confidential, can see my, see my",
    ),
    entry("safety", "safe, safety, dangerous, risk, risks, harmful", signs="safe, safety, dangerous, risk"),
    entry("side effects", "side effects, side effect, reaction, reactions", signs="side effect"),
    entry("pregnancy", "pregnant, pregnancy, expecting, unborn", signs="pregnant, pregnancy"),
    entry("printing", "print, printing, printer", signs="print, printing, printer"),
    entry("scanning", "scan, scanning, scanner", signs="scan, scanner"),
    entry("computers", "computer, computers, laptop, pc", signs="computer, pc"),
    entry("films", "films, movies, dvd, dvds, blu-ray", signs="film, films, movie, movies, dvd"),
    entry("e-books", "ebook, ebooks, e-book, e-books, kindle, audiobook, audiobooks", signs="ebook, e-book, e-books"),
    entry(
        "photographs",
        "photo, photos, pictures, camera, photograph, filming",
        signs="photo, photos, pictures, photograph",
    ),
    entry(
        "luggage",
        "luggage, bag, bags, locker, lockers, suitcase, cloakroom",
        signs="luggage, locker, lockers, bags, cloakroom",
    ),
    entry("toilets", "toilet, toilets, restroom, restrooms, bathroom", signs="toilet, toilets, restroom, bathroom"),
    entry("tours", "tour, tours, guide, guided tour", signs="tour, tours, guided"),
    entry("tickets", "ticket, tickets, entry, admission, entrance", signs="ticket, tickets, admission"),
    entry(
        "size",
        "size, how big, how large, big, large, fit, seats, capacity",
        signs="how big, how large, fit in, size, capacity",
    ),
    entry(
        "jobs", "job, jobs, work here, vacancies, hiring, career", signs="job, jobs, work for you, vacancies, hiring"
    ),
    entry("volunteering", "volunteer, volunteers, help out", signs="volunteer, volunteering"),
    entry("donations", "donate, donation, donations, give away", signs="donate, donation"),
    entry("delivery", "delivery, deliver, shipping, ship, send", signs="delivery, deliver, shipping, ship"),
    entry("warranty", "warranty, guarantee, repair", signs="warranty, guarantee, repair"),
    entry(
        "requirements",
        "requirements, required, need, conditions, eligible",
        signs="requirements, required, eligible, qualify",
    ),
    entry("deadline", "deadline, due, until when, last day", signs="deadline, due, last day"),
)
_KINDS: Final = {
    "person": "staff team doctor nurse teacher librarian guide driver student parent volunteer people who",
    "credential": "membership card license licence certificate permit passport visa registration diploma badge",
    "body": "organisation organization company foundation association club union board council",
    "law": "law rule policy regulation terms privacy rights",
    "device": "computer printer scanner machine equipment device app tool",
    "program": "event course class activity tour workshop program programme exhibition training camp",
    "place": "visiting visit location place building branch room directions address arrival parking site museum office",
}
_LIGHT: Final = (
    "people person anything own can please go come see bring call make find another other first last new once again "
    "without time day out up down off over while already still ever keep not no"
)
"""Words that could be said of nearly any matter."""
USUAL: Final = UsualWords(
    _ASKED,
    {kind: frozenset(listed.split()) for kind, listed in _KINDS.items()},
    idle=FUNCTION_WORDS | VAGUE | PRONOUNS | frozenset(_LIGHT.split()),
    denying=NEGATIONS,
    asking=QUESTION_WORDS,
    doing=("it", "to"),
    joins=r"\s+(?:and|&|or)\s+|[,/]",
)
