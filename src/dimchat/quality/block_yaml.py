"""Writing YAML in the form that the files of a pack have: block style, lists indented, no line wrapped."""

from __future__ import annotations

import yaml


class Prose(str):
    """A text that is written as a block."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Indents lists as the rest of a pack does."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - yaml's
        super().increase_indent(flow, False)  # noqa: FBT003


_Dumper.add_representer(
    Prose, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def dumped(data: object) -> str:
    """Return plain data as YAML, in the order in which it is given; a `Prose` becomes a block of lines."""
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    return text
