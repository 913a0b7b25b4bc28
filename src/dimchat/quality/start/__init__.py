"""A new pack: an example that passes everything, or one made from a table."""

from __future__ import annotations

from dimchat.quality.start.new_pack import Head, check_free, example, head, write_pack

__all__ = ["Head", "check_free", "example", "head", "write_pack"]
