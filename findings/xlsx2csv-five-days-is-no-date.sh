#!/bin/sh
# xlsx2csv 0.8.6 and pylightxl 1.61: a cell that shows "5 days" comes out as `0 "04ays"` and as 4 January 1900.
#
# Guess: a number with a unit in its format (`0 "days"`, `0.0 "h"`: what a sheet needs to show "5 days" and still add up) is read as the
#        number, 5, or as what is shown, "5 days". Text between quotes in a format is text, and [Red] is a colour.
# Seen: both look for the letters of a date in the whole format. xlsx2csv does so between quotes too and writes the format itself, its letters
#       filled in: `0 "04ays"`, `0.0 "12"`, `"01on04ay" 0`; the 5 is nowhere. pylightxl makes it "1900/01/04 00:00:00", `0 "pieces"` midnight,
#       and [Red]0 or [Yellow]0 a date. No error; openpyxl and calamine give the number for all of these.
#       pylightxl also loses the day of a duration: 36 hours under [h]:mm are "12:00:00". In xlsx2csv `-f float` gives the
#       numbers back, and turns the dates of real date cells into numbers with them.
# dimchat's tables are CSV; who brings a sheet by one of these looks at its formats first.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check xlsx2csv==0.8.6 pylightxl==1.61 python-calamine==0.9.1 openpyxl==3.1.5 2>/dev/null
cd "$folder"
out=$("$folder/venv/bin/python" - <<'P'
import csv
import io
import openpyxl
import pylightxl
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv
book = openpyxl.Workbook()
formats = {"0": 5, '0 "days"': 5, '0.0 "h"': 1.5, '"Monday" 0': 5, "[Red]0": 5, "[Yellow]0": 5, '0 "pieces"': 5, "[h]:mm": 1.5, "yyyy-mm-dd": 45000}
for row, (form, number) in enumerate(formats.items(), 1):
    cell = book.active.cell(row, 1, number)
    cell.number_format = form
book.save("sheet.xlsx")
def converted(**options):
    text = io.StringIO()
    Xlsx2csv("sheet.xlsx", **options).convert(text)
    return [row[0] for row in csv.reader(io.StringIO(text.getvalue()))]
columns = (
    [row[0].value for row in openpyxl.load_workbook("sheet.xlsx").active],
    [row[0] for row in CalamineWorkbook.from_path("sheet.xlsx").get_sheet_by_index(0).to_python()],
    [row[0] for row in pylightxl.readxl("sheet.xlsx").ws("Sheet").rows],
    converted(),
    converted(dateformat="float"),
)
for form, *read in zip(formats, *columns):
    print(form, "| openpyxl {} | calamine {} | pylightxl {} | xlsx2csv {} | -f float {}".format(*read))
P
)
printf '%s\n' "$out"
seen() { printf '%s\n' "$out" | grep -qF -e "$1" || exit 1; }
seen '0 "days" | openpyxl 5 | calamine 5.0 | pylightxl 1900/01/04 00:00:00 | xlsx2csv 0 "04ays" |'
seen '0.0 "h" | openpyxl 1.5 | calamine 1.5 | '
seen '| xlsx2csv 0.0 "12" |'
seen '| xlsx2csv "01on04ay" 0 |'
seen '[Red]0 | openpyxl 5 | calamine 5.0 | pylightxl 1900/01/04 | xlsx2csv 5 |'
seen '0 "pieces" | openpyxl 5 | calamine 5.0 | pylightxl 00:00:00 | xlsx2csv 0 "pieces" |'
seen '[h]:mm | openpyxl 1 day, 12:00:00 | calamine 1 day, 12:00:00 | pylightxl 12:00:00 |'
seen 'yyyy-mm-dd | openpyxl 2023-03-15 00:00:00 | calamine 2023-03-15 | pylightxl 2023/03/15 | xlsx2csv 2023-03-15 | -f float 45000'
echo "as found"
