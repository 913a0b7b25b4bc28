"""What dimchat itself says: to visitors from catalogues, by message id; to curators and operators from modules here."""

from __future__ import annotations

from dimchat.wording.catalogue import ENGLISH, LANGUAGES, Catalogue, catalogue_of

__all__ = ["ENGLISH", "LANGUAGES", "Catalogue", "catalogue_of"]
