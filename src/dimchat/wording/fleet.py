"""The words of a fleet that its operators read."""

from __future__ import annotations

MIGRATED = "dimchat: {database} holds the fleet's journal, version {version}"
GRANT = (
    "dimchat: give each stand a user of its own, CREATE ROLE lobby LOGIN PASSWORD '...' IN ROLE {stand}, and each "
    "curator one in {curator}"
)
SENT = "dimchat: {count} rows sent, {waiting} wait for their day to end or for more visits"

# --- who is alive ---

NONE_KNOWN = "no stand was heard of yet: each sends its sign with dimchat fleet send --stand NAME"
COLUMNS = ("stand", "building", "state", "heard", "up", "answers", "dimchat", "visits", "declined", "waiting", "error")
STATES = {
    "alive": "alive",
    "refusing": "alive, but refuses newer answers",
    "late": "late",
    "dead": "dead",
    "never": "never heard of",
}
AGO = "{time} ago"
SUMMARY = "{alive} of {all} stands are alive and take newer answers"
METRICS_AT = "dimchat tells Prometheus of {database} at http://{host}:{port}/metrics (ctrl+c ends it)"
METRICS_OPEN = "dimchat: warning: {host} is no loopback address: whoever reaches this machine reads the numbers"
METRICS_CANNOT = "cannot listen on {host} port {port}: {why}"
ALONE = "{option} goes with --fleet ADDRESS"
OFF = "--fleet sends a journal that is off: add --journal counts or --journal full"
