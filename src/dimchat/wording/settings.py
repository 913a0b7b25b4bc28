"""The words about the settings file."""

from __future__ import annotations

SETTINGS_MISSING = "{file}: there is no such file of settings"
SETTINGS_UNREADABLE = "{file}: cannot be read: {reason}"
SETTINGS_TOO_LARGE = "{file}: larger than {most} bytes; this is no file of settings"
SETTINGS_NOT_UTF8 = "{file}: not UTF-8"
SETTINGS_NOT_TOML = "{file}:{line}: not TOML: {reason}"
SETTINGS_UNKNOWN = "there is no setting {name!r}"
SETTINGS_KNOWN = "; there are {names}"
SETTINGS_NO_SWITCH = "{name} is true or false, not {value}"
SETTINGS_NO_TEXT = "{name} is text in quotes, not {value}"
SETTINGS_NO_TABLE = "[{name}] is a table of keys, not {value}"
SETTINGS_NO_THEME = "there is no theme {name!r}"
SETTINGS_NO_ACTION = "there is no key called {name!r}"
SETTINGS_NO_KEY = "{key!r} is no key"
SETTINGS_TYPES = "{key!r} would write into the prompt and never reach {name}; add ctrl+ or alt+, or take f8"
SETTINGS_TAKEN = "{key!r} for {name} is taken by {other}; give that one another key as well"
