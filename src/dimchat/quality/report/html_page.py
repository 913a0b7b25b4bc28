"""A report as one HTML file with its plots as SVG that needs nothing else: no script, no address, no other file."""

from __future__ import annotations

import html
import logging
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dimchat.extras import load
from dimchat.quality.report.document import Bars, Curve, Heat, shade_of
from dimchat.wording import measures as wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from dimchat.quality.report.document import Block, Document

FOLDER = Path(__file__).parent
"""Of `base.html`, which gives every page its frame and its looks."""
TEMPLATE = "page.html"


def to_html(document: Document) -> str:
    """Return a report as a page, light or dark as the reader's screen is.

    Raises:
        UsageError: The extra `report` is not installed.
    """
    jinja2: Any = load("jinja2")
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
    escaped = load("markupsafe").escape(text)
    joints = "/" if re.search(r":\d+$", text) else "._/"
    return type(escaped)(re.sub(rf"(?<=[A-Za-z])([{joints}])(?=[A-Za-z])", r"\1<wbr>", str(escaped)))


_INK, _LINE = "#010203", "#020304"
_SERIES = ("#030405", "#040506", "#050607", "#060708")
_HATCHES = ("", "////", "....", "xxxx")
"""So that series can be told apart without colour."""
_VARIABLES = {
    _INK: "var(--ink)",
    _LINE: "var(--line)",
    **{colour: f"var(--series-{number})" for number, colour in enumerate(_SERIES, 1)},
}
"""Colours that nothing else has, and what takes their place in the page."""
_STYLE = {
    "svg.fonttype": "none",
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": _LINE,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
}


def plot(block: Bars | Curve | Heat, number: int) -> str:
    """Return a plot as an `<svg>` element, with ids of its own by its number in the page.

    Raises:
        UsageError: The extra `report` is not installed.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # that it can keep no cache is nobody's business
    matplotlib = load("matplotlib")
    figures: Any = load("matplotlib.figure")
    load("matplotlib.backends.backend_svg")
    with matplotlib.rc_context({**_STYLE, "svg.hashsalt": f"dimchat-{number}"}):
        figure = figures.Figure(figsize=(7.2, 3.4), layout="constrained")
        axes = figure.add_subplot()
        match block:
            case Bars():
                _bars(axes, block)
            case Curve():
                _curve(axes, block)
            case Heat():
                figure.set_size_inches(5.6, 4.6)
                _heat(axes, block)
        axes.set_xlabel(block.across)
        axes.set_ylabel(block.up)
        out = StringIO()
        figure.savefig(
            out, format="svg", transparent=True, metadata=dict.fromkeys(("Date", "Creator", "Type", "Format"))
        )
    return _inline(out.getvalue(), number, block.title)


def _bars(axes: Axes, block: Bars) -> None:
    width = 0.7 if block.stacked else 0.8 / len(block.series)
    below = [0.0] * len(block.labels)
    for number, (name, values) in enumerate(block.series):
        shift = 0.0 if block.stacked else -0.4 + width * (number + 0.5)
        axes.bar(
            [at + shift for at in range(len(block.labels))],
            values,
            width,
            below,
            label=name,
            facecolor=_SERIES[number],
            edgecolor=_LINE,
            hatch=_HATCHES[number] or None,
            linewidth=0.6,
        )
        if block.stacked:
            below = [low + value for low, value in zip(below, values, strict=True)]
    long = sum(map(len, block.labels)) > _CROWDED
    every = -(-len(block.labels) // _MOST_LABELS) or 1
    axes.set_xticks(
        range(0, len(block.labels), every),
        block.labels[::every],
        rotation=35 if long else 0,
        ha="right" if long else "center",
    )
    axes.grid(axis="y", linewidth=0.5, alpha=0.6)
    axes.set_axisbelow(True)
    axes.set_xlim(-0.75, max(len(block.labels), 6) - 0.25)
    if block.percent:
        axes.yaxis.set_major_formatter(_as_percent())
        axes.set_ylim(0, 1.02)
    if len(block.series) > 1:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.18), ncols=len(block.series))


_MOST_LABELS = 31
"""Of more labels, only some are written."""
_CROWDED = 70
"""Labels with more letters than this, together, are slanted."""


def _as_percent() -> Callable[[float, float], str]:
    return lambda value, _: f"{100 * value:.0f}%"


def _curve(axes: Axes, block: Curve) -> None:
    axes.plot([0, 1], [0, 1], color=_INK, linewidth=0.8, linestyle=(0, (4, 4)), alpha=0.6)
    across, up = zip(*block.points, strict=True) if block.points else ((), ())
    most = max(block.sizes, default=1)
    axes.plot(across, up, color=_SERIES[0], linewidth=1.6)
    axes.scatter(across, up, [20 + 160 * size / most for size in block.sizes], color=_SERIES[0], zorder=3)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.grid(linewidth=0.5, alpha=0.6)


def _heat(axes: Axes, block: Heat) -> None:
    patches: Any = load("matplotlib.patches")
    flat = [value for row in block.values for value in row]
    low, high = min(flat), max(flat)
    step_across = block.across_at[1] - block.across_at[0]
    step_up = block.up_at[1] - block.up_at[0]
    for up, row in zip(block.up_at, block.values, strict=True):
        for across, value in zip(block.across_at, row, strict=True):
            corner = (across - step_across / 2, up - step_up / 2)
            share = shade_of(value, low, high)
            axes.add_patch(
                patches.Rectangle(
                    corner, step_across, step_up, facecolor=_SERIES[0], alpha=round(0.02 + 0.9 * share, 3), linewidth=0
                )
            )
    for number, (name, x, y) in enumerate(block.marks):
        axes.plot(
            [x],
            [y],
            marker="ox"[number % 2],
            markersize=9,
            markerfacecolor="none",
            markeredgecolor=_INK,
            markeredgewidth=2,
            linestyle="none",
            label=f"{name} ({x:.2f}, {y:.2f})",
        )
    axes.set_xlim(block.across_at[0] - step_across / 2, block.across_at[-1] + step_across / 2)
    axes.set_ylim(block.up_at[0] - step_up / 2, block.up_at[-1] + step_up / 2)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.16), ncols=len(block.marks))


def _inline(text: str, number: int, title: str) -> str:
    """Return the svg element alone, with ids of its own and the page's colours."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r' xmlns(?::xlink)?="[^"]*"', "", text)
    text = re.sub(r'(?<=\bid=")', f"p{number}-", text)
    text = re.sub(r'(?<=href="#)|(?<=url\(#)', f"p{number}-", text)
    for colour, variable in _VARIABLES.items():
        text = text.replace(colour, variable)
    label = html.escape(title, quote=True)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
