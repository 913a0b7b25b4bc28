"""A report as one HTML file that needs nothing else: no script, no address, no other file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.quality.report.document import Bars, Curve, Heat
from dimchat.quality.report.extra import need
from dimchat.quality.report.plots import plot
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from dimchat.quality.report.document import Block, Document

FOLDER = Path(__file__).parent
"""Of `base.html`, which gives every page its frame and its looks."""
TEMPLATE = "page.html"


def to_html(document: Document) -> str:
    """Return a report as a page, light or dark as the reader's screen is.

    Raises:
        UsageError: The extra `report` is not installed.
    """
    jinja2: Any = need("jinja2")
    sections = []
    drawn = 0
    for section in document.sections:
        blocks: list[tuple[str, Block, str]] = []
        for block in section.blocks:
            svg = ""
            if isinstance(block, Bars | Curve | Heat):
                drawn += 1
                svg = plot(block, drawn)
            blocks.append((type(block).__name__, block, svg))
        sections.append((section.title, blocks))
    environment = page_environment(jinja2, FOLDER)
    environment.filters["breakable"] = _breakable
    template = environment.get_template(TEMPLATE)
    text: str = template.render(document=document, sections=sections, wording=wording)
    return text


def page_environment(jinja2: Any, folder: Path) -> Any:  # noqa: ANN401 - a library that may be missing
    """Return what makes pages of the templates in a folder, which may build on `base.html`."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, FOLDER]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _breakable(text: str) -> Any:  # noqa: ANN401 - a Markup, of a library that may be missing
    """Return a text as HTML in which ids and paths may break at their joints."""
    escaped = need("markupsafe").escape(text)
    joints = "/" if re.search(r":\d+$", text) else "._/"
    return type(escaped)(re.sub(rf"(?<=[A-Za-z])([{joints}])(?=[A-Za-z])", r"\1<wbr>", str(escaped)))
