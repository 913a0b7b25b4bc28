"""The words of a fleet that its operators read."""

from __future__ import annotations

MIGRATED = "dimchat: {database} holds the fleet's journal, version {version}"
GRANT = (
    "dimchat: give each stand a user of its own, CREATE ROLE lobby LOGIN PASSWORD '...' IN ROLE {stand}, and each "
    "curator one in {curator}"
)
NO_STAND = "--stand names the stand: a word or two by which a curator knows it"
SENT = "dimchat: {count} rows sent, {waiting} wait for their day to end or for more visits"
