#!/bin/sh
# recurrent 0.4.1: "every day except sunday" leaves out one Sunday, "every day except sunday at 9am" none, "every day at noon" has no hour.
#
# Guess: the rule that comes back says what was asked: "every day except sunday" has no Sundays, as "every tuesday" has all Tuesdays, and
#        "at noon" is the hour 12, as "at 12pm" is. What it cannot say gives None, as "twice a month" does.
# Seen: the exception is read as a date of its own, the next Sunday: EXDATE:20240107T100000, and all the Sundays after it are in; so is every Friday
#       but the first of "every weekday except friday". With an hour at the end it is worse: the hour goes to the exception alone,
#       EXDATE:20240107T090000, the days stay at the hour now, and as no day is at nine, nothing is left out. "noon" and "midnight" are
#       dropped without a word, and the hour is that of whoever starts the rule. "sundays", with an s, is read as meant. `format`
#       says "daily except on Sun Jan 7, 2024 10am", and there it can be seen.
# dimchat reads no times.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check recurrent==0.4.1 parsedatetime==2.6 python-dateutil==2.9.0.post0 2>/dev/null
out=$("$folder/venv/bin/python" - <<'P'
import datetime
from itertools import islice
from dateutil.rrule import rrulestr
from recurrent import RecurringEvent
now = datetime.datetime(2024, 1, 3, 10)
for text in ("every day except sunday", "every day except sundays", "every weekday except friday", "every day except sunday at 9am", "every day at 12pm", "every day at noon", "every day at midnight", "every monday at noon", "twice a month"):
    rule = RecurringEvent(now_date=now).parse(text)
    print(f"{text}: {' '.join(rule.split()) if rule else rule}")
    if rule and "EXRULE" not in rule:
        days = list(islice(rrulestr(rule, dtstart=now), 20))
        print(f"    Fridays {[at.day for at in days if at.weekday() == 4 and at.month == 1]}, Sundays {[at.day for at in days if at.weekday() == 6]}, hours {sorted({at.hour for at in days})}")
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -A1 -xF -e "$1" | grep -qF -e "$2" || exit 1; }
seen "every day except sunday: RRULE:INTERVAL=1;FREQ=DAILY EXDATE:20240107T100000" "Sundays [14, 21], hours [10]"
seen "every day except sundays: RRULE:INTERVAL=1;FREQ=DAILY EXRULE:BYDAY=SU;INTERVAL=1;FREQ=WEEKLY" EXRULE
seen "every weekday except friday: RRULE:BYDAY=MO,TU,WE,TH,FR;INTERVAL=1;FREQ=WEEKLY EXDATE:20240105T100000" "Fridays [12, 19, 26]"
seen "every day except sunday at 9am: RRULE:INTERVAL=1;FREQ=DAILY EXDATE:20240107T090000" "Sundays [7, 14, 21], hours [10]"
seen "every day at 12pm: RRULE:BYHOUR=12;BYMINUTE=0;INTERVAL=1;FREQ=DAILY" "RRULE"
seen "every day at noon: RRULE:INTERVAL=1;FREQ=DAILY" "RRULE"
seen "every day at midnight: RRULE:INTERVAL=1;FREQ=DAILY" "RRULE"
seen "every monday at noon: RRULE:BYDAY=MO;INTERVAL=1;FREQ=WEEKLY" "RRULE"
seen "twice a month: None" None
echo "as found"
