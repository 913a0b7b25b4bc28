r"""Reading YAML so that every part knows its place and every problem is collected; and writing it.

Every scalar is text: `yes`, `12:30` and `2026-11-24` are what they look like. `parse` gives the tree, `take` keeps
what has the shape that a file must have; both report what is wrong and go on. No YAML exception leaves this package.

>>> from dimchat.files.yaml.shapes import Field, Keys, Many, Text
>>> class Printer:
...     def add(self, rule, place, message, hint=None):
...         print(f"{place}: {message}, did you mean {hint!r}?")
>>> root = parse(b"- id: pay\n  titel: Pay\n", "topics.yaml", Printer())
>>> topics = take(root, Many(Keys((Field("id", Text(), "its id"), Field("title", Text(), "its title")))), Printer())
topics.yaml:2:3: unknown key 'titel', did you mean 'title'?
>>> topics.items[0].string("id"), str(topics.items[0].place_of("id"))
('pay', 'topics.yaml:1:7')
"""

from __future__ import annotations

from dimchat.files.yaml.read import parse
from dimchat.files.yaml.shapes import take
from dimchat.files.yaml.tree import ListNode, MapNode, Node, RefusedNode, Reporter, TextNode

__all__ = ["ListNode", "MapNode", "Node", "RefusedNode", "Reporter", "TextNode", "parse", "take"]
