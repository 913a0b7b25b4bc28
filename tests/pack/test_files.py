from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import dimchat
from dimchat.errors import PackError
from dimchat.pack import find_pack, fingerprint, inspect_pack, load_pack
from dimchat.pack.folder import LIMIT, fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Problems = Callable[[], list[str]]


def test_a_pack_is_found_by_its_folder_or_its_file(root: Path) -> None:
    assert find_pack(root) == root
    assert find_pack(root / "pack.yaml") == root


def test_the_bundled_pack_lies_above_src_in_a_checkout() -> None:
    assert (find_pack(None) / "pack.yaml").is_file()


def test_the_bundled_pack_of_a_wheel_lies_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "dimchat"
    (package / "_pack").mkdir(parents=True)
    (package / "_pack" / "pack.yaml").touch()
    monkeypatch.setattr(dimchat, "__file__", str(package / "__init__.py"))
    assert find_pack(None) == package / "_pack"


@pytest.mark.parametrize("parent", ["src", "site-packages"])
def test_a_bundled_pack_that_is_missing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parent: str
) -> None:
    (tmp_path / parent / "dimchat").mkdir(parents=True)
    monkeypatch.setattr(dimchat, "__file__", str(tmp_path / parent / "dimchat" / "__init__.py"))
    with pytest.raises(PackError, match="the bundled pack is missing"):
        find_pack(None)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "no such pack: no such file or directory"),
        ("empty", "this folder has no pack.yaml"),
        ("file", "this is a file"),
    ],
)
def test_what_is_no_pack_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(PackError, match=message) as caught:
        find_pack(tmp_path / name)
    assert caught.value.problems[0].place.file == str(tmp_path / name)


def test_a_path_that_no_system_takes_is_an_error_too() -> None:
    with pytest.raises(PackError, match="no such pack"):
        find_pack(Path("a\0b"))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such folder"):
        load_pack(tmp_path / "nowhere")
    pack, problems = inspect_pack(tmp_path / "nowhere", None)
    assert pack is None
    assert [problem.rule for problem in problems] == ["missing-file"]


def test_the_fingerprint_follows_the_files_of_the_pack_alone(root: Path) -> None:
    before = fingerprint(root)
    assert load_pack(root).fingerprint == before
    for name in ("README.md", "intents/notes.txt", "answers/.pay.yaml.swp", "intents/data.json"):
        (root / name).write_text("x", encoding="utf-8")
    (root / "tests").mkdir()
    (root / "tests" / "x.yaml").touch()
    assert fingerprint(root) == before


@pytest.mark.parametrize("name", ["pack.yaml", "intents/pay.yaml", "answers/pay.yaml", "intents/calibration.json"])
def test_the_fingerprint_changes_with_a_byte_and_the_digests_do_not(root: Path, name: str) -> None:
    before, pack = fingerprint(root), load_pack(root)
    with (root / name).open("ab") as file:
        file.write(b"\n")
    assert fingerprint(root) != before
    assert load_pack(root) == pack


def test_the_fingerprint_tells_names_and_contents_apart() -> None:
    assert fingerprint_of({"a": b"b"}) != fingerprint_of({"ab": b""})
    assert fingerprint_of({"a": b"", "b": b"x"}) != fingerprint_of({"a": b"x", "b": b""})
    assert fingerprint_of({"a": b"1", "b": b"2"}) == fingerprint_of({"b": b"2", "a": b"1"})


def test_a_fingerprint_of_what_cannot_be_read_is_an_error(root: Path) -> None:
    (root / "answers" / "pay.yaml").unlink()
    (root / "answers" / "pay.yaml").mkdir()
    with pytest.raises(PackError, match=r"answers/pay\.yaml:1:1: this is a folder, not a file"):
        fingerprint(root)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_dangling(path: Path) -> None:
    path.symlink_to("nothing")


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_huge(path: Path) -> None:
    path.write_bytes(b"#" * (LIMIT + 1))


UNREADABLE = {
    make_folder: "unreadable {}:1:1: this is a folder, not a file",
    make_dangling: "unreadable {}:1:1: a link to nothing",
    make_loop: "unreadable {}:1:1: cannot be read: too many levels of symbolic links",
    make_pipe: "unreadable {}:1:1: this is a pipe, not a file",
    make_device: "unreadable {}:1:1: this is a device, not a file",
    make_huge: "too-big {}:1:1: larger than 4 MiB",
}


@pytest.mark.parametrize("name", ["pack.yaml", "intents/role.yaml", "intents/calibration.json", "answers/sources.yaml"])
@pytest.mark.parametrize(("make", "message"), UNREADABLE.items(), ids=[make.__name__ for make in UNREADABLE])
def test_a_file_that_cannot_be_read_is_one_problem(
    make: Callable[[Path], None], message: str, name: str, root: Path, problems: Problems
) -> None:
    (root / name).unlink()
    make(root / name)
    assert problems() == [message.format(name)]


@pytest.mark.usefixtures("root")
def test_a_file_that_may_not_be_read(problems: Problems, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: Any, *args: Any) -> int:
        if Path(path).name == "role.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args)

    monkeypatch.setattr(os, "open", refuse)
    assert problems() == [
        "unreadable answers/role.yaml:1:1: cannot be read: permission denied",
        "unreadable intents/role.yaml:1:1: cannot be read: permission denied",
    ]


@pytest.mark.parametrize("folder", ["intents", "answers"])
def test_a_folder_that_is_missing_or_a_file(folder: str, root: Path, problems: Problems) -> None:
    (root / folder).rename(root / "away")
    assert f"missing-file {folder}/:1:1: the pack has no folder {folder}/" in problems()
    (root / folder).touch()
    assert f"unreadable {folder}/:1:1: cannot be read: not a directory" in problems()
    (root / folder).unlink()
    (root / folder).symlink_to(folder)
    assert f"unreadable {folder}/:1:1: cannot be read: too many levels of symbolic links" in problems()


def test_a_missing_pack_file(root: Path, problems: Problems) -> None:
    (root / "pack.yaml").unlink()
    assert problems() == ["missing-file pack.yaml:1:1: no such file"]


@pytest.mark.parametrize(
    ("name", "meant"), [("Pay.yaml", "pay"), ("pay.yml", "pay"), ("pay-old.YAML", "pay_old"), ("1.yaml", None)]
)
def test_a_misnamed_file_is_not_overlooked(name: str, meant: str | None, root: Path, problems: Problems) -> None:
    (root / "answers" / name).touch()
    hint = f", did you mean 'answers/{meant}.yaml'?" if meant else ""
    assert problems() == [f"file-name answers/{name}:1:1: a file of the pack is named STEM.yaml, in lower case{hint}"]


def test_a_name_that_is_no_text_can_be_printed(root: Path, problems: Problems) -> None:
    try:
        Path(os.fsdecode(os.fsencode(root) + b"/intents/\xff.yaml")).touch()
    except OSError:
        pytest.skip("this file system takes no such name")
    assert any("\\xff" in problem.encode("utf-8").decode() for problem in problems())


def test_a_pack_is_never_written_to(root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    for path in before:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    load_pack(root)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
