"""A new pack: an example that passes everything, or one made from a table; drafts of one in a further language."""

from __future__ import annotations

from dimchat.quality.start.new_pack import Head, check_free, example, head, write_pack
from dimchat.quality.start.skeleton import skeletons

__all__ = ["Head", "check_free", "example", "head", "skeletons", "write_pack"]
