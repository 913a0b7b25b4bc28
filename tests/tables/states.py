"""A made-up pack with two tables by state, and how packs and replies of it are handled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dimchat.model import Reply

STATES = {
    "CA": ("California, CA, Calif., Cali", "los angeles, san diego, LA"),
    "CT": ("Connecticut, CT, Conn.", "hartford"),
    "DC": ("Washington D.C., District of Columbia, DC, Washington", ""),
    "GA": ("Georgia, GA", "atlanta"),
    "HI": ("Hawaii, HI", "honolulu"),
    "ID": ("Idaho, ID", "boise"),
    "IN": ("Indiana, IN, Ind.", "indianapolis"),
    "KS": ("Kansas, KS", "wichita, kansas city"),
    "LA": ("Louisiana, LA", "new orleans"),
    "ME": ("Maine, ME", "portland, bangor"),
    "MA": ("Massachusetts, MA, Mass.", "boston"),
    "MD": ("Maryland, MD", "baltimore"),
    "MO": ("Missouri, MO", "st louis, kansas city"),
    "MS": ("Mississippi, MS, Miss.", "biloxi"),
    "ND": ("North Dakota, ND", "fargo"),
    "NY": ("New York, NY", "new york city, brooklyn"),
    "OH": ("Ohio, OH", "columbus, cleveland"),
    "OK": ("Oklahoma, OK", "tulsa"),
    "OR": ("Oregon, OR, Ore.", "portland, eugene"),
    "PA": ("Pennsylvania, PA, Penn.", "philadelphia, philly"),
    "TX": ("Texas, TX, Tex.", "houston, dallas, austin"),
    "WA": ("Washington, WA, Washington State", "seattle"),
    "WV": ("West Virginia, WV", "charleston"),
}
GROUPS = {"northwest": "WA OR ID", "pacific northwest": "WA OR ID"}
PAY = {"technologist": 60000, "sonographer": 80000, "manager": 110000}


def _lines(indent: int, texts: str, sep: str = ", ") -> str:
    return "".join(f"{' ' * indent}- {text}\n" for text in texts.split(sep) if text)


def _slots() -> str:
    made = "slots:\n  state:\n    title: state\n    values:\n"
    for state, (names, cities) in STATES.items():
        made += f'      - id: "{state}"\n        names:\n{_lines(10, names)}'
        made += f"        cues:\n{_lines(10, cities)}" if cities else ""
    made += "    groups:\n"
    for name, held in GROUPS.items():
        made += f"      - name: {name}\n        values:\n{_lines(10, held, ' ')}"
    return made


def _pay() -> str:
    """Make wages that rise with the alphabet; sonographers of West Virginia have none."""
    rows = ["state,job,median,p10"]
    for job, base in PAY.items():
        for at, state in enumerate(STATES):
            cell = "" if (job, state) == ("sonographer", "WV") else str(base + 1000 * at)
            rows.append(f"{state},{job},{cell},{base // 2 + at}")
    return "\n".join(rows) + "\n"


def _licences() -> str:
    rows = ["state,xray,agency,as_of"]
    for at, state in enumerate(STATES):
        kind = "none" if state in ("ID", "MO", "GA") else "license"
        rows.append(
            f'{state},{kind},"Board of {state}, Health",{"" if state in ("ME", "WV") else f"2025-0{1 + at % 9}"}'
        )
    return "\n".join(rows) + "\n"


def _intent(name: str, title: str, phrases: str, then: str) -> str:
    lines = "".join(f"    - {line.strip()}\n" for line in phrases.strip().splitlines())
    return f"- id: {name}\n  title: {title}\n  phrases:\n{lines}  next:\n    - {then}\n"


def _pay_intents(topic: str, name: str, other: str) -> str:
    general = _intent(
        f"{topic}.pay",
        f"What does a {name} earn?",
        f"""how much does a {name} make
        {name} salary
        what is the pay of a {name}
        {name} wages per year
        what do {name}s earn
        average income for a {name}
        do {name}s get paid well
        yearly pay for {name}s
        what would i make as a {name}""",
        f"{topic}.pay_by_state",
    )
    by_state = _intent(
        f"{topic}.pay_by_state",
        f"What does a {name} earn in a state?",
        f"""how much does a {name} make in texas
        {name} salary in california
        what is the pay of a {name} in ohio
        {name} pay by state
        what do {name}s earn in new york
        which states pay {name}s the most
        which state pays {name}s least
        {name} wages by state
        best paying states for {name}s
        how much would a {name} get in georgia""",
        f"{other}.pay_by_state",
    )
    return general + by_state


def _pay_answers(topic: str, name: str) -> str:
    return f"""\
- id: {topic}.pay
  short: A {name} earns ${PAY[topic]:,} a year in the middle. [@bls]
  text: |
    Across the nation half earn more than ${PAY[topic]:,} a year [@bls].
- id: {topic}.pay_by_state
  short: Half of all {name}s in {{{{slot.state}}}} earn more than {{{{row.median}}}}. [@row]
  text: |
    In {{{{row.as_of}}}} the lowest tenth in {{{{slot.state}}}} earned less than {{{{row.p10}}}} [@row].
  table:
    name: pay_by_state
    column: median
    where:
      job: {topic}
    instead_of:
      - {topic}.pay
  overview:
    short: Across the nation half of all {name}s earn more than ${PAY[topic]:,} a year. [@bls]
    text: |
      It differs by state; the nation stands at ${PAY[topic]:,} a year [@bls].
"""


FILES = {
    "pack.yaml": """\
name: states
title: Work in imaging
version: "1"
format: 2
language: en
default_topic: technologist
categories:
  pay: Pay
  work: Work
""",
    "intents/vocabulary.yaml": """\
topics:
  - id: technologist
    kind: person
    names:
      - radiologic technologist
      - technologist
      - rad tech
      - x-ray tech
      - ct tech
  - id: sonographer
    kind: person
    names:
      - sonographer
      - ultrasound tech
  - id: manager
    kind: person
    names:
      - imaging manager
      - manager
  - id: license
    kind: law
    names:
      - license
      - state license
aspects:
  - id: pay
    title: pay
    cues:
      - pay
      - salary
      - earn
      - make
      - wages
  - id: pay_by_state
    title: pay by state
    cues:
      - pay by state
      - which states pay
  - id: overview
    title: overview
    cues:
      - what is
  - id: by_state
    title: rules of a state
    cues:
      - rules in a state
  - id: none
    title: states without
    cues:
      - no license
  - id: duties
    title: duties
    cues:
      - duties
      - what do they do
"""
    + _slots(),
    "intents/pay.yaml": _pay_intents("technologist", "rad tech", "sonographer")
    + _pay_intents("sonographer", "sonographer", "manager")
    + _pay_intents("manager", "imaging manager", "technologist"),
    "intents/work.yaml": _intent(
        "license.overview",
        "Do I need a license?",
        """do i need a license
        is a state license required
        must i be licensed to take x-rays
        do rad techs need a license
        license to work as a technologist
        who has to be licensed
        need a license to do x-rays
        is there a license for this job""",
        "license.by_state",
    )
    + _intent(
        "license.by_state",
        "Does a state ask for a license?",
        """do i need a license in texas
        does california license rad techs
        x-ray license in ohio
        license rules in new york
        do rad techs need a license in georgia
        is a license required in florida or texas
        oregon license for x-rays
        does my state license technologists""",
        "license.none",
    )
    + _intent(
        "license.none",
        "Which states ask for no license?",
        """which states need no license
        states without a license for x-rays
        where can i work without a license
        which states do not license rad techs
        no license states
        states that need none
        which states need none
        list of states with no x-ray license""",
        "technologist.duties",
    )
    + _intent(
        "technologist.duties",
        "What does a rad tech do?",
        """what does a rad tech do all day
        duties of a technologist
        daily work of an x-ray tech
        what are the tasks of a ct tech
        typical day in x-ray
        job description of a radiologic technologist
        responsibilities of a rad tech
        what work do rad techs do""",
        "technologist.pay",
    ),
    "intents/outside.yaml": """\
- id: outside.weather
  title: the weather
  phrases:
    - will it rain tomorrow
    - weather in texas
    - how cold is it in ohio
    - weather forecast for monday
- id: outside.places
  title: places
  phrases:
    - what is the capital of texas
    - how big is california
    - how many people live in ohio
    - who is the governor of georgia
    - things to do in oregon
    - rent in new york
    - best restaurants in texas
    - how far is it to california
    - flights to new york
    - history of ohio
""",
    "answers/pay.yaml": _pay_answers("technologist", "rad tech")
    + _pay_answers("sonographer", "sonographer")
    + _pay_answers("manager", "imaging manager"),
    "answers/work.yaml": """\
- id: license.overview
  short: It depends on the state. [@rules]
  text: |
    Most states ask for one [@rules].
- id: license.by_state
  short: To take X-rays, {{slot.state}} asks for {{row.xray}}. [@row]
  text: |
    As of {{row.as_of}} {{slot.state}} asks for {{row.xray}} to take X-rays [@row]. Ask the {{row.agency}}.
  table:
    name: licence_by_state
    column: xray
    instead_of:
      - license.overview
  overview:
    short: Most states ask for a license, some for none. [@rules]
    text: |
      Ask the agency of your state [@rules].
- id: license.none
  short: "No license of their own as of 2025: {{rows.state}}. [@row]"
  text: |
    These ask for none to take X-rays: {{rows.state}} [@row], read between {{rows.as_of}}.
  table:
    name: licence_by_state
    column: xray
    where:
      xray: none
- id: technologist.duties
  short: They take pictures. [@rules]
  text: |
    They take pictures and keep people safe [@rules].
""",
    "answers/sources.yaml": """\
- id: bls
  type: dataset
  title: Wages
  publisher: A bureau
- id: bls-states
  type: dataset
  title: Wages by state
  publisher: A bureau
- id: rules
  type: webpage
  title: Rules of the states
""",
    "tables/pay_by_state.csv": _pay(),
    "tables/pay_by_state.yaml": """\
title: Pay by state
source: bls-states
locator: annual median
as_of: 2025-05
key:
  - state
  - job
columns:
  median:
    type: money
    title: Median pay
    unit: a year
  p10:
    type: money
    unit: a year
notes:
  - where:
      state:
        - ND
      job: sonographer
    text: Few work there, so the figure is rough.
missing: There is no figure for {{slot.state}}.
""",
    "tables/licence_by_state.csv": _licences(),
    "tables/licence_by_state.yaml": """\
title: Licences by state
source: rules
key:
  - state
columns:
  xray:
    type: choice
    title: License for X-rays
    says:
      none: no license of its own
      license: a license
  agency:
    type: text
  as_of:
    type: date
    missing: an unknown date
undated: Nobody knows how old this entry is, so ask the agency first.
""",
}
"""A pack with two tables by state; what a state pays rises with the alphabet."""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def rows_of(reply: Reply) -> list[dict[str, str]]:
    """Return the keys of the rows that a reply shows."""
    return [dict(row.key) for row in reply.rows]
