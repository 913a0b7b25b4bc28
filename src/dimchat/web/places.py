"""How many conversations there are, in all and for each visitor's address."""

from __future__ import annotations

from collections import Counter


class Places:
    """Counts places; an address is known for as long as a conversation of it lasts."""

    def __init__(self, most: int, most_each: int) -> None:
        """Take how many there may be at a time, in all and for each address."""
        self._most = most
        self._most_each = most_each
        self._taken: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """Return how many places are taken."""
        return self._taken.total()

    @property
    def full(self) -> bool:
        """Tell whether every place is taken."""
        return self.taken >= self._most

    def full_for(self, address: str) -> bool:
        """Tell whether an address has as many places as it may have."""
        return self._taken[address] >= self._most_each

    def take(self, address: str) -> None:
        """Take a place for an address."""
        self._taken[address] += 1

    def leave(self, address: str) -> None:
        """Give the place back."""
        self._taken[address] -= 1
        self._taken += Counter()  # forgets an address that has none
