"""What of the machine a pack can reach: what lies in its folder, and not more of that than is sensible."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import PackError
from dimchat.pack import fingerprint, folder, inspect_pack, load_pack

if TYPE_CHECKING:
    from collections.abc import Callable

    Problems = Callable[[], list[str]]

ELSEWHERE = "- id: role.duties\n  short: the operator's own words\n  text: the operator's own words\n"


@pytest.fixture
def outside(root: Path) -> Path:
    """A folder beside the pack, with a file that the pack would like to have."""
    folder = root.with_name(f"{root.name}-but-not-it")  # begins with the same letters
    folder.mkdir()
    (folder / "role.yaml").write_text(ELSEWHERE, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["pack.yaml", "intents/role.yaml", "intents/calibration.json", "answers/role.yaml"])
@pytest.mark.parametrize("how", ["absolute", "relative", "through a link that stays"])
def test_no_file_is_read_through_a_link_that_leads_out(
    name: str, how: str, root: Path, outside: Path, problems: Problems
) -> None:
    target = outside / "role.yaml"
    if how == "relative":
        target = Path(os.path.relpath(target, (root / name).parent))
    elif how != "absolute":
        (root / "notes").symlink_to(target)
        target = root / "notes"
    (root / name).unlink()
    (root / name).symlink_to(target)
    assert f"link-outside {name}:1:1: a link that leads out of the pack" in "\n".join(problems())
    with pytest.raises(PackError, match="leads out") as caught:
        load_pack(root)
    assert "operator" not in str(caught.value)
    with pytest.raises(PackError, match="leads out"):
        fingerprint(root)


def test_no_folder_is_listed_through_a_link_that_leads_out(root: Path, outside: Path, problems: Problems) -> None:
    (root / "answers").rename(root / "away")
    (root / "answers").symlink_to(outside)
    found = "\n".join(problems())
    assert "link-outside answers/:1:1: a link that leads out" in found
    assert "role.yaml" not in found


def test_links_from_one_place_in_the_pack_to_another_are_followed(root: Path, problems: Problems) -> None:
    before = fingerprint(root)
    (root / "..data").mkdir()  # as a Kubernetes volume has it
    (root / "answers").rename(root / "..data" / "answers")
    (root / "answers").symlink_to("..data/answers")
    (root / "intents" / "role.yaml").rename(root / "..data" / "role.yaml")
    (root / "intents" / "role.yaml").symlink_to(root / "..data" / "role.yaml")
    assert problems() == []
    assert fingerprint(root) == before


def test_a_pack_may_be_reached_through_a_link(root: Path) -> None:
    link = root.with_name("link")
    link.symlink_to(root)
    assert load_pack(link).digest == load_pack(root).digest


def test_there_are_bounds_to_the_number_of_files_and_to_what_they_hold_together(
    root: Path, problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "LIMIT_FILES", 5)
    there = len(list(root.rglob("*.yaml"))) + 1
    assert f"too-many-files pack.yaml:1:1: {there} files belong to it, more than 5" in problems()
    assert inspect_pack(root, None)[0] is None
    monkeypatch.setattr(folder, "LIMIT_FILES", there)
    assert problems() == []
    monkeypatch.setattr(folder, "LIMIT_ALL", 2000)
    monkeypatch.setattr(folder, "_mebibytes", str)
    assert "too-big pack.yaml:1:1: all files together are larger than 2000" in problems()
