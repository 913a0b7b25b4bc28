"""A publisher and a stand, both in a folder of the test, over a pack of two intents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dimchat.release.bringing import Bringer, Brought
from dimchat.release.kept_answers import KeptAnswers
from dimchat.release.manifest import Manifest, canonical
from dimchat.release.origin import CHANNEL, FolderOrigin, manifest_name
from dimchat.release.publishing import Publication, Published, publication, publish
from dimchat.release.refusal import RefusedError
from dimchat.release.signing import make_key, sign

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@dataclass
class Shop:
    """Where a pack is published, and one stand that follows it."""

    pack: Path
    home: Path
    now: datetime = NOW
    made: list[Published] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = self.home / "key"
        make_key(self.key)
        self.to = self.publication(self.key)
        self.kept = KeptAnswers(self.home / "stand")

    @property
    def folder(self) -> Path:
        return self.home / "published"

    def publication(self, *keys: Path) -> Publication:
        return publication(self.folder, keys)

    def publish(self, answer: str | None = None, **options: Any) -> Published:
        if answer is not None:
            self.edit(answer)
        self.now += timedelta(seconds=1)
        return publish(self.pack, self.to, self.now, **options)

    def edit(self, answer: str) -> None:
        file = self.pack / "answers" / "shop.yaml"
        text = file.read_text()
        before = text.partition("short: ")[2].partition("\n")[0]
        file.write_text(text.replace(f"short: {before}", f"short: {answer}", 1))

    def bringer(self, **changes: Any) -> Bringer:
        given = Bringer(FolderOrigin(self.folder), self.to.trusted, self.kept, "lobby")
        return replace(given, **changes)

    def bring(self, **changes: Any) -> Brought:
        return self.bringer(**changes).bring(self.now)

    def refused(self, **changes: Any) -> RefusedError:
        """Look, be refused, and hold that visitors keep what they had."""
        before = self.said()
        with pytest.raises(RefusedError) as caught:
            self.bring(**changes)
        assert self.said() == before
        assert self.kept.seen().error == caught.value.kind
        assert str(caught.value) in (self.kept.folder / "log").read_text()
        return caught.value

    def said(self) -> str | None:
        file = self.kept.current / "answers" / "shop.yaml"
        return file.read_text().partition("short: ")[2].partition("\n")[0] if file.exists() else None

    def relist(self, manifest: Manifest) -> None:
        """Sign another manifest for a version that is published, and let the channel name it."""
        self.resign("manifest", manifest_name(manifest.version), canonical(manifest))

    def resign(self, kind: str, name: str, said: bytes) -> None:
        document = sign(kind, said, self.to.keys)
        (self.folder / name).write_bytes(document)
        if kind == "manifest":
            channel = self.to.channel()
            assert channel is not None
            listed = hashlib.sha256(document).hexdigest()
            self.to.write_channel(replace(channel, manifest=listed, serial=channel.serial + 1))

    @property
    def channel(self) -> Path:
        return self.folder / CHANNEL


@pytest.fixture
def shop(toy: Path, tmp_path: Path) -> Shop:
    return Shop(toy, tmp_path)
