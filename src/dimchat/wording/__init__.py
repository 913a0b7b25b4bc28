"""What dimchat itself says: to visitors from catalogues, by message id; to curators and operators from modules here."""

from __future__ import annotations

from dimchat.wording.catalogue import BASE_LANGUAGES, ENGLISH, LANGUAGES, Catalogue, base_catalogue, catalogue_of

__all__ = ["BASE_LANGUAGES", "ENGLISH", "LANGUAGES", "Catalogue", "base_catalogue", "catalogue_of"]
