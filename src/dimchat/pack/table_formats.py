"""The shapes of slots, of tables, and of what an answer says of one."""

from __future__ import annotations

from dimchat.files.yaml.shapes import Date, Field, Keys, Many, Names, OneOrMany, Text
from dimchat.pack.text_shapes import IDS, KEY, LOCATOR, PLAIN, SOURCE_ID, STEM
from dimchat.tables import TYPES

TABLE_USE = Keys(
    (
        Field("name", STEM, "the table that it reads, tables/NAME.csv", required=True),
        Field("column", STEM, "the column that the question is about", required=True),
        Field("where", Names(STEM, PLAIN), "column to the cell that its rows must have"),
        Field("instead_of", IDS, "ids in whose place it answers where a value of the slot is named"),
    )
)

SLOTS = Names(
    STEM,
    long=Keys(
        (
            Field("title", PLAIN, "the word that its values share, such as state", required=True),
            Field(
                "values",
                Many(
                    Keys(
                        (
                            Field("id", KEY, "what tables call it", required=True),
                            Field(
                                "names",
                                Many(PLAIN),
                                "what people call it: the first is shown, capitals abbreviate",
                                required=True,
                            ),
                            Field("cues", Many(PLAIN), "what lies in it, such as its cities"),
                        )
                    )
                ),
                "what a question may name",
                required=True,
            ),
            Field(
                "groups",
                Many(
                    Keys(
                        (
                            Field("name", PLAIN, "what people call them together", required=True),
                            Field("values", Many(KEY, flow=True), "their ids", required=True),
                        )
                    )
                ),
                "values under one name",
            ),
        )
    ),
)

TABLE = Keys(
    (
        Field("title", PLAIN, "what the table holds", required=True),
        Field("source", SOURCE_ID, "where it comes from", required=True),
        Field("locator", LOCATOR, "the place in the source"),
        Field("as_of", Date(partly=True), "the date of all rows; without it a column as_of has one for each"),
        Field("key", Many(STEM, flow=True), "the columns that tell its rows apart: slots, and others", required=True),
        Field(
            "columns",
            Names(
                STEM,
                long=Keys(
                    (
                        Field("type", Text(choices=TYPES), "what its cells are"),
                        Field("title", PLAIN, "what its cells are, as a list is headed"),
                        Field("unit", PLAIN, "what follows a cell, such as a year"),
                        Field("says", Names(PLAIN, PLAIN), "of a choice: each cell, and what it says in a sentence"),
                        Field("missing", PLAIN, "what an empty cell says"),
                    )
                ),
            ),
            "the columns besides the key",
            required=True,
        ),
        Field(
            "notes",
            Many(
                Keys(
                    (
                        Field("where", Names(STEM, OneOrMany(PLAIN)), "column to the cells meant", required=True),
                        Field("text", PLAIN, "what is said of these rows", required=True),
                    )
                )
            ),
            "what is said of some rows, such as that a figure is rough",
        ),
        Field("missing", PLAIN, "said where there is no row, or no cell; may hold {{slot.NAME}}"),
        Field("undated", PLAIN, "said of a row without a date"),
    )
)
