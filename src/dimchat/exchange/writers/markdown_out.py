"""One document in Markdown: a heading for each category and each question, sources as numbered notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dimchat.exchange.writers.site import lose_for_readers, read_out

if TYPE_CHECKING:
    from dimchat.exchange.knowledge import KnowledgeBase
    from dimchat.model import Citation, Pack


def to_document(base: KnowledgeBase, pack: Pack) -> dict[str, bytes]:
    """Return the document.

    Args:
        base: What tells what is left out.
        pack: The answer set.
    """
    parts = [f"# {pack.title}"]
    for category in pack.categories:
        parts.append(f"## {category.title}")
        for intent in (one for one in pack.browsable if one.category == category.id):
            text, notes = read_out(pack, intent)
            parts += [f'### {intent.title} <a id="{intent.id}"></a>', text]
            if notes:
                parts.append("\n".join(f"{note.number}. {source_line(note)}" for note in notes))
    lose_for_readers(base, pack)
    return {f"{base.file}.md": ("\n\n".join(parts) + "\n").encode()}


def source_line(note: Citation) -> str:
    """Return a source as a person reads it."""
    title = f"[{note.title}]({note.url})" if note.url else note.title
    return ", ".join(part for part in (title, note.publisher, note.locator) if part)
