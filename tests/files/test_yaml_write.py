from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimchat.errors import UsageError
from dimchat.files.yaml.write import dumped, entries, one_line, with_entry, with_item
from dimchat.pack import find_pack

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.files.yaml import MapNode

SMALL = b"""\
# kept comment
- id: a.b
  title:   "spaced   title"   # kept too
  phrases:
    - plain one
    - 'it''s quoted'     # and this

  next: [c.d,   e.f]
- id: c.d
  title: T
  phrases:
      - deeper
      - two words
        go on here
# the end
"""
LINES = st.text(min_size=1).filter(lambda text: one_line(text) != "")


def is_a_b(entry: MapNode) -> bool:
    return entry.string("id") == "a.b"


def is_c_d(entry: MapNode) -> bool:
    return entry.string("id") == "c.d"


def rows_of(before: bytes, after: bytes) -> list[bytes]:
    """The rows that were added; fails where anything else differs."""
    old, new = before.split(b"\n"), after.split(b"\n")
    at = next((number for number, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    count = len(new) - len(old)
    assert old == new[:at] + new[at + count :]
    return new[at : at + count]


def test_a_line_goes_to_the_end_of_its_list_and_all_else_stays() -> None:
    after = with_item(SMALL, "x.yaml", is_a_b, "phrases", "a new one")
    assert after is not None
    assert rows_of(SMALL, after) == [b"    - a new one"]
    assert after.index(b"a new one") > after.index(b"quoted")
    assert after.index(b"a new one") < after.index(b"next:")


def test_the_indentation_of_its_list_is_kept_and_a_text_of_two_rows_stays_whole() -> None:
    after = with_item(SMALL, "x.yaml", is_c_d, "phrases", "third")
    assert after is not None
    assert b"        go on here\n      - third\n# the end\n" in after


def test_the_line_breaks_of_the_file_are_kept() -> None:
    windows = SMALL.replace(b"\n", b"\r\n")
    after = with_item(windows, "x.yaml", is_a_b, "phrases", "a new one")
    assert after is not None
    assert rows_of(windows, after) == [b"    - a new one\r"]
    assert b"\n" not in after.replace(b"\r\n", b"")


def test_a_file_without_a_last_line_break_gets_none() -> None:
    data = b"- id: a.b\n  phrases:\n    - one"
    assert with_item(data, "x.yaml", is_a_b, "phrases", "two") == data + b"\n    - two"


@pytest.mark.parametrize(
    "listed",
    [
        b"phrases: [one, two]",
        b"phrases:\n    - |\n      one",
        b"phrases:\n    -\n      one",
        b"phrases: one",
        b"title: none",
    ],
)
def test_a_list_that_takes_no_line_is_refused_with_its_place(listed: bytes) -> None:
    with pytest.raises(UsageError, match=r"x\.yaml:\d+:\d+: "):
        with_item(b"- id: a.b\n  " + listed + b"\n", "x.yaml", is_a_b, "phrases", "two")


def test_a_file_with_errors_is_left_alone() -> None:
    with pytest.raises(UsageError, match=r"x\.yaml:2:1: "):
        with_item(b"- id: a.b\n\tphrases: x\n", "x.yaml", is_a_b, "phrases", "two")


def test_where_no_mapping_fits_nothing_is_made() -> None:
    assert with_item(SMALL, "x.yaml", lambda _: False, "phrases", "x") is None


def test_a_mapping_more_stands_at_the_end() -> None:
    after = with_entry(SMALL, "x.yaml", {"id": "e.f", "phrases": ["x"]})
    assert after == SMALL + b"\n- id: e.f\n  phrases:\n    - x\n"
    assert with_entry(b"", "x.yaml", {"id": "e.f"}) == b"- id: e.f\n"
    assert with_entry(b"# only this\n", "x.yaml", {"id": "e.f"}) == b"# only this\n\n- id: e.f\n"


def test_a_mapping_more_follows_the_indentation_of_the_list() -> None:
    data = b"  - id: a.b\n    title: x\n"
    assert with_entry(data, "x.yaml", {"id": "e.f", "title": "y"}).endswith(b"\n  - id: e.f\n    title: y\n")


@given(LINES)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    after = with_item(SMALL, "x.yaml", is_a_b, "phrases", text)
    assert after is not None
    assert len(rows_of(SMALL, after)) == 1
    assert entries(after, "x.yaml")[0].texts("phrases")[-1].text == one_line(text)


@given(st.text())
def test_any_text_is_one_row_of_a_list(text: str) -> None:
    assert not re.search(r"[\r\n\x85\u2028\u2029\t]", dumped([one_line(text)]).removesuffix("\n"))


FILES = sorted([*(find_pack(None) / "intents").glob("*.yaml"), *(find_pack(None) / "tests" / "cases").glob("*.yaml")])


@pytest.mark.parametrize("file", [file for file in FILES if file.stem != "vocabulary"], ids=lambda file: file.name)
@settings(max_examples=2, deadline=None)
@given(data=st.data())
def test_in_the_files_of_the_bundled_pack_one_row_is_added_and_every_other_byte_stays(
    file: Path, data: st.DataObject
) -> None:
    before = file.read_bytes()
    key = "ask" if "cases" in file.parts else "phrases"
    able = [each.place for each in entries(before, file.name) if key in each.entries]
    if not able:
        return
    place = data.draw(st.sampled_from(able))
    text = data.draw(LINES)
    after = with_item(before, file.name, lambda entry: entry.place == place, key, text)
    assert after is not None
    (row,) = rows_of(before, after)
    lead = re.match(rb" *- ", row)
    assert lead is not None
    assert row == lead[0] + dumped([one_line(text)])[2:-1].encode()
