"""The tables of English: every list of words that the code knows, apart from those of a pack.

Words stand here as `tokens.words` gives them: in lower case, contractions spelt out.
"""

from __future__ import annotations

from typing import Final, Literal


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words and their forms.

CONTRACTIONS: Final = {
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "cnt": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "aint": "is not",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "couldnt": "could not",
    "shouldnt": "should not",
    "wouldnt": "would not",
    "havent": "have not",
    "hasnt": "has not",
    "im": "i am",
    "ive": "i have",
    "whats": "what is",
    "hows": "how is",
    "wheres": "where is",
    "whos": "who is",
    "thats": "that is",
    "let's": "let us",
    "y'all": "you all",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "hafta": "have to", "tryna": "trying to", "imma": "i am going to", "dunno": "do not know",
    "idk": "i do not know", "gimme": "give me", "lemme": "let me", "kinda": "kind of", "sorta": "sort of",
    "outta": "out of", "aight": "all right", "yeah": "yes", "yep": "yes", "yup": "yes", "nah": "no",
    "nope": "no", "ur": "your", "urself": "yourself", "wat": "what", "wut": "what", "wht": "what",
    "b4": "before", "abt": "about", "rlly": "really", "rly": "really", "thru": "through", "ppl": "people",
    "cuz": "because", "cus": "because", "bc": "because", "prolly": "probably", "probs": "probably",
    "tht": "that", "shud": "should", "wud": "would", "cud": "could",
    "jus": "just", "jst": "just", "kno": "know", "knw": "know", "wen": "when", "gon": "going to", "wats": "what is",
    "gud": "good", "mgr": "manager", "mngr": "manager",
}  # fmt: skip
"""Whole words that stand for others: two in one, and words as they are typed in haste."""
CONTRACTED_ENDINGS: Final = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'m", " am"),
    ("'d", " would"),
)
CONTRACTED_IS: Final = _set("what how where who when why that it there here he she this")
"""After these 's is "is"; after others it is the genitive."""
VOWELS: Final = frozenset("aeiouy")
SUFFIXES: Final = (
    ("ification", "ifi"),
    ("ational", "at"),
    ("ations", "at"),
    ("ation", "at"),
    ("ities", ""),
    ("ments", ""),
    ("ment", ""),
    ("ness", ""),
    ("ity", ""),
    ("ing", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ed", ""),
    ("ly", ""),
)
"""What `tokens.stem` takes off, and what it puts there instead."""
STEMS: Final = {
    word: stem
    for stem, forms in {
        "associate": "associate associates",
        "rise": "rise rises rising risen",
        "pace": "pace paces paced pacing",
        "pets": "pets",
        "booked": "booked booking",
    }.items()
    for word in forms.split()
}
"""Stems of words that the suffixes would make the stem of another: an associate's degree is no association, pay that
is rising no RIS, pets are no PET."""
INFLECTIONS: Final = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("er", ""), ("est", ""),
)  # fmt: skip
"""The same for forms in a dictionary: after the rules of detachment of WordNet's own `morphy`."""
DOUBLING: Final = ("ing", "ed")
"""Before these the last consonant may be doubled."""
SUPERLATIVE: Final = "est"
PATTERN_ENDINGS: Final = ("", "s", "e", "ed", "ing")
"""What `word*` of a pattern is known as when a misspelt word is put right."""

# Kinds of words.

FUNCTION_WORDS: Final = _set(
    "a an the of to in on at for from by with as into about and or but if than then so that this these those there "
    "it its is are am be been was were being will would shall should could can may might must do does did doing "
    "done has have had having i me my mine we us our he him his she her they them their what which who whom whose "
    "how when where why not no nor any some also just very too only"
)
"""Words that alone ask for nothing; a text of these only is no question about anything."""
NEGATIONS: Final = _set("not no never without nor neither")
"""Words that deny what follows."""
DENIABLE: Final = _set("is are was were do does did has have")
"""Words that begin a question to which "not" makes no difference: "is a degree not required"."""
NOT_KEPT_AFTER: Final = _set("if to or and why but that who which than")
"""After these, "not" belongs to what follows."""
THINGS: Final = _set("it its this that")
"""Pronouns that point back at a thing."""
PEOPLE: Final = _set("they them their theirs he she")
"""Pronouns that point back at people."""
EITHER: Final = _set("those these ones one")
"""Pronouns that point back at either."""
PRONOUNS: Final = THINGS | PEOPLE | EITHER
ARTICLES: Final = _set("the a an")
DETERMINERS: Final = ARTICLES | _set("my your his her our their or and")
"""After these comes a noun."""
SHORT_WORDS: Final = _set("al co de id la ma md mi mo ms oh pa va")
"""Words and titles of two letters that are abbreviations of something else too."""
EXCLAMATIONS: Final = _set("ok hi")
"""Such words that also stand alone."""
BETWEEN_VALUES: Final = frozenset(
    {"", "and", "or", "vs", "versus", "than", "to", "against", "&", "/", "and in", "or in", "compared to"}
)
"""What stands between two things of a kind that are named together."""
NOWADAYS: Final = _set("days times")
"""After "these" they say when."""
PLACES: Final = _set("there here")
"""Words that point back at a place."""
BEING: Final = _set("is are was were be will would")
"""Beside these "there" points at nothing: "are there jobs"."""
SAME_PLACE: Final = _set(
    "same please pls there now vs versus instead compared against live moving move near around tho though specifically "
    "especially less yes yeah sorry meant mean place site state states"
)
"""Words beside the names of places that ask nothing of their own."""
MOST: Final = _set("most highest best top richest largest biggest")
LEAST: Final = _set("least lowest worst bottom poorest smallest")
"""Words that ask for an order, from either end."""
SMALLEST: Final = ARTICLES | _set("my your their its about of on for with to in at")
"""Words beside a name that ask nothing."""
VAGUE: Final = _set(
    "often long much many far soon kind sort type thing things stuff get got need want take takes make know tell give "
    "say like use one two other else more there here happen happens work works you your us someone somebody something "
    "really maybe actually way between against during after before while within per across over under"
)
"""Words that are part of a question's form and name no matter of their own."""
QUESTION_WORDS: Final = _set("what how why which when where who")
ASKING: Final = QUESTION_WORDS | _set(
    "is are do does did can could should would will may tell explain give list describe draft show recommend suggest"
)
"""Words that a question begins with."""
PLAIN_ASKING: Final = _set("which what is are do does")
"""The smallest words of a question."""
ASKING_ALONE: Final = ASKING | SMALLEST | _set("one so not come that it")
"""What a message is made of that is nothing but "why", "in what", "which one"."""
AGAIN: Final = _set("do does are is can")
"""Before a name these ask the question before again: "do sonographers?"."""

# How a message goes on from the one before.

Frame = Literal["link", "follow", "same", "return", "correct"]
"""What its first words say: it is linked, follows up, asks the same of something else, returns, or corrects."""
OPENERS: Final[dict[Frame, tuple[str, ...]]] = {
    "follow": (
        *("what about", "wat about", "wht about", "how about", "what of", "and", "n", "or", "what if i"),
        *("more than", "less than", "is that more than", "is it more than", "is that less than"),
    ),
    "same": ("for",),
    "return": (
        *("back to", "go back to", "going back to", "let us go back to", "can we go back to", "coming back to"),
        *("return to", "returning to"),
    ),
    "correct": (
        *("i meant", "i mean", "i ment", "i was asking about", "i was talking about", "i asked about", "i asked for"),
        *("i wanted", "i want to know about", "not them", "not it", "not that one", "not that", "not this"),
        *("no not that one", "no not that", "no that is not what i meant", "that is not what i meant"),
        *("that is not what i asked", "no sorry", "sorry", "actually", "rather"),
    ),
    "link": (
        *("but", "ok", "okay", "so", "then", "also", "well", "hm", "hmm", "um", "uh", "oh", "ah", "er", "ugh", "oops"),
        *("sry", "wait", "cool", "great", "nice", "k", "now", "alright", "all right", "yes", "yeah"),
    ),
}
"""The first words of a message that say so."""
TAILS: Final = _set("then too instead again though tho please pls plz")
"""Last words that belong to the frame; "as well" does too."""
REFUSING: Final = _set("no nope nah")
CORRECTED: Final = _set("i the not no sorry actually what how that it rather wait")
"""Before these "no" corrects; before others ("no experience") it belongs to the question."""
SAME_OF: Final = _set("for about with")
"""What ends "the same question but for"."""
REFUSALS: Final = (
    "do not want to know",
    "do not want to hear",
    "do not need to know",
    "do not care to know",
    "did not want to know",
    "did not ask",
    "do not tell me",
    "stop telling me",
)
INSTEAD: Final = _set("but just only rather instead")
"""After these comes what is wanted: "I do not want to know the salary, just the hours"."""
AND: Final = _set("and n")
"""Between the parts of one name: "CT and MRI manager"."""
JOINS: Final = _set("and also plus n & +")
"""Between two questions."""
TELLING: Final = _set(
    "i we he she they it you my our his her their me us is are am was were be been has have had do does did will would "
    "got get gets said says told wants went"
)
"""A clause without any of these tells nothing: it names a matter ("lease or own for the next CT")."""
REPORTED: Final = _set("whether remind")
"""Words that begin a question after another one: "and whether it pays", "and remind me"."""
ASKING_WITHIN: Final = _set("what how which why")
"""Question words that ask wherever they stand; the others also begin what is told: "when I was nineteen"."""
CONDITIONS: Final = _set("if when once since because after before until unless although though given for")
"""Words that begin a clause before the question of a sentence: "if I hate it can I go back"."""
INVERTING: Final = _set("is are am was were do does did can could should would will may might must have has")
SUBJECTS: Final = _set("i we you he she they it")
"""A verb of the first and one of these after it ask: "can I", "do they"."""
IF_SO: Final = _set("so not yes")  # behind "if" they stand for what was asked before
SOFTENERS: Final = _set(
    "just jus please pls plz roughly about exactly approximately usually maybe really actually honestly realistically"
)
"""Words that may stand before a question word: "and roughly what do they charge"."""
LINKS: Final = _set("then please pls")
"""Words that may stand beside these."""
HOLDING: Final = _set("am been was")
"""After these comes the post that somebody holds or held: "I am a sonographer"."""
WORKED: Final = _set("worked working employed years yrs experience")
"""Before "as" these say the same: "ten years as a sonographer"."""
BESIDE_POST: Final = ARTICLES | _set(
    "just now currently already still also only presently registered certified licensed experienced full time"
)
"""What may stand between these and the post."""
DOING: Final = _set("do did done doing scan scanned scanning work worked working run in")
"""What one does in a field: "I have done CT for nine years"."""
ASKING_SELF: Final = _set("can could should would will may do did if to")
"""Before "I" these ask or suppose, and tell nothing."""
HOW_LONG: Final = _set(
    "for of with since over about almost nearly a couple few many several plus now ten eleven twelve fifteen twenty "
    "thirty"
)
"""Between a post and the word for years there is nothing but these and a number, where it is held so long."""
YEARS: Final = _set("years yrs decade decades")
"""With a number they say for how long."""
BECOME: Final = "become"
"""The cue of the aspect under which a pack tells how one gets a post."""
AIMED_AT: Final = _set("be become becoming into to toward towards for get getting how")
"""After these comes the post that somebody wants."""
TELLS_MORE: Final = r"but|so|cause|because|cuz"
"""A regular expression for what begins a clause of its own without a comma."""
AFTER_YEARS: Final = r"(?:(?<=\byears)|(?<=\byrs))\s+(?!(?:of|as|in|to|ago|old|experience)\b)"
"""The same after how long a post is held: "MRI tech 8 yrs looking to move up"."""
WISHING: Final = (
    r"\b(?:want(?:s|ed)?|wanna|would like|'d like|looking to|hop(?:e|ing) to|thinking (?:of|about)|thinkin|trying to"
    r"|like to (?:be|become|know|move|get)|wish|wondering|curious|dying to|need to know)\b"
)
"""A regular expression for what says that a clause wishes something."""
WISHING_TO_KNOW: Final = r"(?:\w+ ){0,2}(?:want to know|like to know|need to know|need|wondering|curious)\b"
"""The same for how a clause begins that wishes to know something; of words as `tokens.words` gives them."""
COMPARING: Final = _set("or vs versus than between both difference differences compare compared")
"""Words of a question about two things that is one question."""
BEFORE_TO: Final = _set("about going have has need needs able used want supposed")
"""Before "to" these go with the verb after it, and not with an "it" before them: "it is about to lapse"."""
BEFORE_ONE: Final = _set("that this the other which last next first second new same")
"""After these "one" is a pronoun, not a number."""
EARNING: Final = _set("make makes")
"""What "what does she make" says of pay."""
BEFORE_PERIOD: Final = _set("a an per")

# Numbers, and choices from what was offered.

NONE: Final = 0
LAST: Final = -1
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_FIGURES = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")
NUMBERS: Final = {
    **{word: number for words in (_CARDINALS, _ORDINALS, _FIGURES) for number, word in enumerate(words, start=1)},
    **{str(number): number for number in range(10)},
    "zero": NONE,
    "last": LAST,
}
"""Which of several offered things a word picks."""
ORDINALS: Final = {
    **{word: at for at, word in enumerate(_ORDINALS, start=1)},
    "former": 1,
    "latter": LAST,
    "last": LAST,
}
"""Which of several named things a word points at."""
POINTING: Final = _set("the that for about and")
"""After these an ordinal points at what was named."""
OCCUPATIONS: Final = _set("job role position post career profession occupation work line gig")
"""After "this" these are the post that a pack is about, and nothing strange."""
COUNTED: Final = _set("step thing job year time month week day attempt try question exam interview")
"""What an ordinal may count besides what was named: "the first step"."""
BOTH: Final = _set("two both")
PLURAL: Final = _set("those these them they their")
AROUND_CHOICE: Final = _set(
    "the a one that option number choice please pls i mean meant want would like take give me question ok yes to"
)
"""What may stand around the number of a choice."""
CHOICE_MARK: Final = r"(?:number|no|option|choice|nr|num)\b\.?"
"""A regular expression for what may stand before it."""
NONE_OF_THESE: Final = frozenset(
    {
        *("none", "neither", "none of these", "none of them", "none of those", "none of the above"),
        *("no none of these", "neither of these", "neither of them", "not one of these", "nothing of that"),
    }
)

# What is told, and is not so now.

LONG_AGO: Final = (
    r"\b(?:(?:years?|months?|decades?) (?:ago|back)|last (?:year|month|semester|summer|winter|spring|fall|autumn)"
    r"|(?:in|since) (?:19|20)\d\d|as a (?:kid|child|teen\w*)|when i was (?:a|in|little|young|\d+)\b|back in the day)\b"
)
"""A regular expression for what says that something is long past."""
IN_GENERAL: Final = (
    r"\b(?:if|when|whenever|in case) (?:(?:a|an|any|the|one of (?:our|the)) )?"
    r"(?:patients?|someone|somebody|something|anyone|anybody|people|visitors?|tech\w*|staff|employees?|workers?)\b"
)
"""The same for what is said of anybody."""
AT_ONCE: Final = r"\b(?:help|now|please|pls|hurry|quick\w*|(?:do|should|can|must|shall) (?:i|we))\b"
"""What may be asked by somebody who stands beside it."""
CLAUSE: Final = r"[.;:?!,\n]|\b(?:and|but|so|now)\b"
"""What parts the clauses of a sentence, roughly."""

# Small talk.

PRAISE: Final = _set("ok okay k cool great good nice perfect alright wow awesome")
"""Words that thank where they stand alone."""
NODS: Final = PRAISE | _set("oh ah well and so much lol haha ha hm hmm")
"""Small words that come with a courtesy."""

# Figures in prose. These are parts of regular expressions.

HEDGES: Final = (
    r"(?:according to|as far as|no (?:\w+ )?sources?\b|sources? (?:differ|disagree|do not|don't)"
    r"|there is no\b|it depends\b"
    r"|perhaps|possibly|probably|maybe|not covered|it is (?:not clear|unclear|not known|unknown)|nobody knows"
    r"|(?:we|i) (?:do not|don't|cannot|can't)\b|hard to say|opinions differ)"
)
"""What a short answer does not begin with, since it puts off the answer."""
SAYING: Final = _set("says said reports reported writes wrote suggests estimates claims")
"""What a source does before the answer comes."""
DATED_SUBJECTS: Final = _set(
    "pay salary salaries wage wages law laws license licence licenses licences licensing licensure"
)
"""Topics and aspects of which nobody can use an answer without knowing how old it is."""
NEVER_ESTIMATED: Final = (
    r"[$\u20ac\u00a3]\s*\d[\d,.]*|\b\d[\d,.]*\s*(?:[kK]\b|dollars?\b|USD\b)"  # fees and pay
    r"|\b\d[\d,.]*\s*(?:m|\u00b5|micro|milli)?(?:Sv|Gy|rems?|rads?|sieverts?|grays?|Ci|Bq)\b"  # doses
    r"|\b\d+\s*(?:CFR|C\.F\.R\.|USC|U\.S\.C\.)[^\S\n]*[\d.]*|\u00a7+\s*\d[\w.()-]*"  # law
    r"|\{\{[^{}]*\}\}"  # a value, whatever it is, has a source
)
"""Figures of law, dose, fee or pay, which nobody gives by guess."""
FIGURE_UNITS: Final = r"[kKmMx]|bn|%|mg|mcg|ml|kg|mm|cm|km|mSv|mGy|GB|TB|am|pm"
"""What may stand on a figure without a blank."""
FIGURE_IDIOMS: Final = (
    r"\b24/7\b|\b24-hours?\b|\b24 hours (?:a|each|per) day\b|\b9[ -]to[ -]5\b|\b401\(k\)|\b501\(c\)"
    r"|\b(?:iso|iec|din|astm|ansi|nema|nfpa|ieee|rfc)(?:/[a-z]+)?[\s-]?\d[\w.:-]*"
)
"""Figures that claim nothing: turns of speech, and names of standards."""
FIGURE_CALLS: Final = r"\b(?:911|988)\b"
"""Numbers that one calls."""
FIGURE_LEADS: Final = r"(?<=\bmid-)|(?<=\bpre-)"
"""What a figure may follow with a hyphen and be none of a name."""
FIGURE_LABELS: Final = (
    r"\b(?:sections?|sec\.|(?:sub)?parts?|titles?|chapters?|articles?|paragraphs?|appendix|rules?|forms?|levels?"
    r"|phases?|steps?|stages?|zones?|types?|class(?:es)?|tiers?|tables?|version|pages?|schedule|cfr|c\.f\.r\.|usc"
    r"|u\.s\.c\.|public\s+law|p\.l\.|no\.)"
)
"""What a number after it names, and does not count."""
FIGURE_JOINS: Final = r",|\s*and|\s*or|\s*to|\u2013"
"""Between numbers that one label names."""
TITLES_OF_LAW: Final = r"\b\d+\s+(?:CFR|C\.F\.R\.|USC|U\.S\.C\.)(?:\s*(?:part|§+)?\s*\d[\w.()-]*)?"
