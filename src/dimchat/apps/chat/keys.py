"""How the keys that work now are called, remapped ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen


def key_name(screen: Screen[Any], binding_id: str) -> str:
    """Return the first key of a binding as the footer and the help write it; nothing while it does not work."""
    for active in screen.active_bindings.values():
        if active.binding.id == binding_id:
            return screen.app.get_key_display(active.binding)
    return ""
