"""The screen of `dimchat insights`: plots of days and hours, and lists of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Footer, Static, TabbedContent, TabPane
from textual_plotext import PlotextPlot

from dimchat.apps.base.text_widget import literal, visible
from dimchat.apps.curator.app import CuratorApp
from dimchat.journal.learn.insights_report import document
from dimchat.quality.report import Bars, Section, Table
from dimchat.wording import insights as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from dimchat.journal.learn.insights import Insights

TABS = (
    *(words.TAB_FLOW, words.TAB_INTENTS, words.TAB_UNANSWERED),
    *(words.TAB_DECLINED, words.TAB_CLOSE, words.TAB_AGAIN),
)
_WIDEST = 64


class DayPlot(PlotextPlot):
    """Stacked bars: how many questions were answered, offered choices or declined, for each label."""

    def __init__(self, bars: Bars) -> None:
        """Take what to draw."""
        super().__init__()
        self.bars = bars

    def on_mount(self) -> None:
        """Draw, in the colours of the theme and again whenever it changes."""
        self.watch(self.app, "theme", self._draw)

    def _draw(self) -> None:
        theme = self.app.current_theme
        colours = [_rgb(theme.accent), _rgb(theme.warning), _rgb(theme.variables.get("quiet"))]
        self.auto_theme = False
        plt = self.plt
        plt.clear_figure()
        plt.title(self.bars.title)
        for set_colour in (plt.canvas_color, plt.axes_color):
            set_colour(_rgb(theme.background))
        plt.ticks_color(_rgb(theme.variables.get("quiet")))
        if self.bars.labels:
            series = [list(values) for _, values in self.bars.series]
            plt.stacked_bar(list(self.bars.labels), series, color=colours, width=0.6)  # type: ignore[arg-type]  # a colour a series
            most = int(max(map(sum, zip(*series, strict=True))))
            plt.yticks(sorted({0, most // 2, most}))
        self.refresh()


def _legend() -> Content:
    """Return the names of the series, each beside its colour."""
    marks = zip(words.SERIES, ("$accent", "$warning", "$quiet"), strict=True)
    return Content("   ").join(Content("■ ").stylize(colour) + Content(name) for name, colour in marks)


def _rgb(colour: str | None) -> tuple[int, int, int]:
    """Return `#rrggbb` as three numbers."""
    digits = (colour or "#808080").lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


class InsightsApp(CuratorApp):
    """Shows insights; looks at them only."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"tab('tab-{number}')", title, id=f"insights.tab{number}", tooltip=words.TIP_TAB)
            for number, title in enumerate(TABS, 1)
        ),
        Binding("q", "quit", words.KEY_QUIT, show=False, id="insights.quit", tooltip=words.TIP_QUIT),
    ]

    def __init__(self, insights: Insights) -> None:
        """Take what to show."""
        super().__init__()
        self.insights = insights

    def compose(self) -> ComposeResult:
        """Put what there is in all above, and the parts in tabs."""
        report = document(self.insights)
        with Vertical(id="head"):
            yield Static(literal(words.TITLE).stylize("bold"))
            yield Static(literal("   ".join(f"{name} {value}" for name, value in report.facts)), id="facts")
        with TabbedContent():
            for number, section in enumerate(report.sections, 1):
                yield TabPane(section.title, *_parts(section), id=f"tab-{number}")
        yield Footer(show_command_palette=False)

    def action_tab(self, name: str) -> None:
        """Show a part."""
        self.query_one(TabbedContent).active = name


def _parts(section: Section) -> Iterator[Widget]:
    if any(isinstance(block, Bars) for block in section.blocks):
        yield Static(_legend(), classes="legend")
    for number, block in enumerate(section.blocks, 1):
        if isinstance(block, Bars):
            yield DayPlot(block)
        elif isinstance(block, Table):
            yield Static(literal(block.title), classes="note")
            grid = _grid(block)
            grid.set_class(number < len(section.blocks), "brief")
            yield grid
            if block.note:
                yield Static(literal(block.note), classes="note")


def _grid(table: Table) -> DataTable[object]:
    grid: DataTable[object] = DataTable(cursor_type="row", zebra_stripes=False)
    grid.add_columns(*table.head)
    for row in table.rows:
        # Rich's text, which says how wide it is; visitors' words are never read as markup.
        grid.add_row(
            *(
                Text(visible(_short(cell)), justify="right" if at in table.right else "left")
                for at, cell in enumerate(row)
            )
        )
    return grid


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
