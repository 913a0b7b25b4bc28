"""The page in Debian's Chromium: for eyes, fingers and screen readers."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.in_chromium import CHROMIUM, MARK, WAIT, serving

from dimchat.kiosk.pin import PinStore

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra test)")
axe_api = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python (the extra test)"
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (on Debian: apt install chromium)"),
    pytest.mark.usefixtures("indexed"),
]

PHONE = {"width": 360, "height": 740}
LANDSCAPE, PORTRAIT = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
TARGETS = """least => [...document.querySelectorAll("button, a:not(.cite):not(.skip), input:not([type=hidden])")]
    .filter(it => it.offsetParent && !it.closest(".sources, .text"))
    .map(it => [it.innerText || it.id, it.getBoundingClientRect()])
    .filter(([, box]) => box.height < least - 0.5 || box.width < least - 0.5)
    .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""


COVERED = """[document.activeElement].filter(it => it.closest("main")
    && it.getBoundingClientRect().bottom > document.querySelector("footer").getBoundingClientRect().top + 1)
    .map(it => it.innerText)"""


def ask(page: Page, text: str, answer: str) -> None:
    page.fill("#text", text)
    page.keyboard.press("Enter")
    page.wait_for_selector(f".step:last-child:not(.topics) :text('{answer}')", timeout=WAIT)


def faults(page: Page) -> list[str]:
    """Return what axe-core finds."""
    found = axe_api.Axe().run(page).response["violations"]
    return [f"{one['impact']} {one['id']}: {node['html'][:100]}" for one in found for node in one["nodes"]]


def seen_in(picture: bytes) -> str:
    """Return what a telephone's camera reads in a picture of the screen."""
    images = pytest.importorskip("PIL.Image", reason="needs pillow")
    reader = pytest.importorskip("zxingcpp", reason="needs zxing-cpp (the extra test)")
    (found,) = reader.read_barcodes(images.open(BytesIO(picture)))
    return str(found.text)


def told(page: Page) -> Callable[[], list[str]]:
    """Return what gives the texts that a screen reader was told since."""
    page.evaluate(
        """() => {
            window.told = [];
            const live = document.querySelector("[aria-live]");
            new MutationObserver(() => live.textContent && window.told.push(live.textContent))
                .observe(live, {childList: true, characterData: true, subtree: true});
        }"""
    )
    return lambda: page.evaluate("window.told")


def is_fit_in_spanish_and_at_its_end(page: Page, url: str) -> None:
    page.click(".languages button")
    page.wait_for_function("document.documentElement.lang === 'es'", timeout=WAIT)
    assert faults(page) == []
    ask(page, "¿cuánto gana un gerente?", "ganaba")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TARGETS, 44) == []
    assert faults(page) == []
    page.goto(f"{url}over")
    assert faults(page) == []
    assert page.evaluate(TARGETS, 44) == []


def is_fit_with_a_source_larger_and_for_its_staff(page: Page) -> None:
    pixels: Any = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
    page.click(".sources button")
    page.wait_for_selector(".codes svg", timeout=WAIT)
    assert seen_in(page.locator(".codes svg").screenshot()) == page.inner_text(".codes .address")
    assert faults(page) == []
    before = page.evaluate("getComputedStyle(document.querySelector('#size')).backgroundColor")
    page.tap("#size")
    page.wait_for_selector(".larger", timeout=WAIT)
    assert page.evaluate("getComputedStyle(document.querySelector('#size')).backgroundColor") == before, "hover"
    assert page.evaluate(pixels, "body") == pytest.approx(48, abs=0.5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TARGETS, 54) == []
    assert faults(page) == []
    for _ in range(5):
        page.touchscreen.tap(30, 30)
    page.wait_for_selector("#staff", timeout=WAIT)
    assert page.evaluate("document.activeElement.id") == "pin"
    assert page.evaluate(TARGETS, 54) == []
    assert faults(page) == []
    for digit in "2580":
        page.tap(f"[data-digit='{digit}']")
    page.tap("#staff .digits button:last-child")
    page.wait_for_selector("[value=counts]", timeout=WAIT)
    assert page.evaluate(TARGETS, 54) == []
    assert faults(page) == []
    page.click("#back")
    page.evaluate("document.querySelector('#idle').hidden = false")
    assert faults(page) == []
    page.evaluate("document.querySelector('#idle').hidden = true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_fit_for_everybody_in_every_state(visiting: Any, tmp_path: Path, scheme: str) -> None:
    with serving(tmp_path, "--idle", "300") as server, visiting(viewport=PHONE, color_scheme=scheme) as visit:
        page = visit.page
        page.goto(server.url)
        assert faults(page) == []
        hear = told(page)
        ask(page, "what degree do I need", "bachelor")
        page.wait_for_function("window.told.length", timeout=WAIT)
        assert faults(page) == []
        (once,) = hear()
        assert "bachelor" in once
        assert "Which subject" in once, "what can be picked is told as well"
        page.click("text=why")
        page.wait_for_selector(".why", timeout=WAIT)
        assert faults(page) == []
        page.click("text=take along")
        page.wait_for_selector(".codes svg", timeout=WAIT)
        assert faults(page) == []
        page.set_viewport_size({"width": 1280, "height": 1800})
        address, *_ = read = [seen_in(code.screenshot()) for code in page.query_selector_all(".codes svg")]
        assert address.startswith("https://")
        assert any("bachelor" in text for text in read)
        page.set_viewport_size(PHONE)
        ask(page, "what is the weather", "weather")
        assert page.evaluate(TARGETS, 44) == []
        assert faults(page) == []
        page.click("text=All topics")
        page.click("text=Larger")
        page.wait_for_selector(".larger", timeout=WAIT)
        assert faults(page) == []
        page.click("#text")
        page.keyboard.type("how much does a")
        page.wait_for_selector("#found button", timeout=WAIT)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("document.querySelector('#idle').hidden = false")
        assert faults(page) == []
        page.evaluate("document.querySelector('#ending-idle').hidden = false")
        assert faults(page) == []
        page.evaluate("document.querySelectorAll('.over, .notice').forEach(it => it.hidden = true)")
        is_fit_in_spanish_and_at_its_end(page, server.url)
        assert visit.complaints == []
        assert visit.hosts == {server.url.split("/")[2]}


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def test_a_stand_is_read_and_touched_at_its_distance(visiting: Any, tmp_path: Path, size: dict[str, int]) -> None:
    PinStore(tmp_path / ".local/state/dimchat/kiosk/pin.json").set("2580")
    with serving(tmp_path, "--kiosk") as server, visiting(viewport=size, has_touch=True) as visit:
        page = visit.page
        page.goto(server.url)
        pixels: Any = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
        assert page.evaluate(pixels, "body") == pytest.approx(37, abs=0.5)
        assert page.evaluate(pixels, ".headline") == pytest.approx(123, abs=1)
        assert faults(page) == []
        page.touchscreen.tap(size["width"] / 2, size["height"] / 2)
        page.wait_for_selector(".tiles button", timeout=WAIT)
        assert page.evaluate(pixels, ".tiles button") == pytest.approx(123, abs=1)
        assert page.evaluate(TARGETS, 54) == []
        assert faults(page) == []
        page.click(".tiles button >> nth=1")
        page.wait_for_selector(".questions .rows button", timeout=WAIT)
        boxes = "[...document.querySelectorAll('.rows button')].map(it => it.getBoundingClientRect())"
        rows = page.evaluate(f"{boxes}.map(it => [it.top, it.bottom])")
        assert all(below - above <= 2 for (_, above), (below, _) in pairwise(rows)), "a gap that a finger could meet"
        page.click("#keyboard")
        page.click("#keys >> text='w'")
        for key in "hat degree":
            page.click(f"#keys [data-key='{key}']")
        assert page.input_value("#text") == "what degree"
        assert faults(page) == []
        assert page.evaluate(TARGETS, 54) == []
        ask(page, "what degree do I need", "bachelor")
        assert not page.is_visible("#keys"), "the keys leave when the reply comes"
        assert page.evaluate("document.activeElement.tagName") == "H2"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(TARGETS, 54) == []
        assert faults(page) == []
        assert page.query_selector("a[href^=http]") is None, "a stand opens nothing"
        is_fit_with_a_source_larger_and_for_its_staff(page)
        ask(page, f"what is {MARK}", MARK)
        page.click("text=Start over")
        page.wait_for_selector("#attract", timeout=WAIT)
        assert MARK not in visit.kept()
        assert visit.complaints == []


def test_a_small_stand_loses_no_question_and_keeps_its_edge(visiting: Any, tmp_path: Path) -> None:
    with serving(tmp_path, "--kiosk") as server, visiting(viewport=PHONE, has_touch=True) as visit:
        page = visit.page
        page.goto(server.url)
        page.click("#begin")
        page.evaluate(
            """() => {
                const [line, text] = [document.querySelector("#ask"), document.querySelector("#text")];
                for (const question of ["best pizza in town", "what degree do I need"]) {
                    text.value = question; // the second one before there is a reply to the first
                    line.requestSubmit();
                }
            }"""
        )
        page.wait_for_selector(".step:last-child :text('bachelor')", timeout=WAIT)
        left: Any = "selector => document.querySelector(selector).getBoundingClientRect().left"
        edges = {page.evaluate(left, one) for one in (".reply", ".foot form:first-of-type button", ".rows ul")}
        assert max(edges) - min(edges) <= 1
        page.click("text='Back'")
        page.wait_for_selector(".question:has-text('pizza')", timeout=WAIT)
        labels = "[...document.querySelectorAll('.next .label')].map(it => it.getBoundingClientRect().left)"
        assert len(set(page.evaluate(labels))) == 1, "a row without a number begins where their words do"
        assert visit.complaints == []


def test_keys_are_enough(visiting: Any, tmp_path: Path) -> None:
    with serving(tmp_path) as server, visiting(reduced_motion="reduce") as visit:
        page = visit.page
        page.goto(server.url)
        page.evaluate("document.querySelector('.step h2').focus()")
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate(COVERED) == [], "what has the focus is never below the line"
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        page.wait_for_selector(".questions", timeout=WAIT)
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        page.wait_for_selector(".reply", timeout=WAIT)
        page.click("#text")
        page.keyboard.type("how do I renew")
        page.wait_for_selector("#found button", timeout=WAIT)
        page.keyboard.press("ArrowUp")
        picked = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.wait_for_selector(f".step:last-child h2:has-text('{picked}')", timeout=WAIT)
        assert page.evaluate("document.activeElement.tagName") == "H2"


def test_silence_is_announced_and_ends_it_and_the_end_takes_the_focus(visiting: Any, tmp_path: Path) -> None:
    with serving(tmp_path, "--idle", "6") as server, visiting() as visit:
        page = visit.page
        page.goto(server.url)
        ask(page, f"what is {MARK}", MARK)
        page.wait_for_selector("#idle", timeout=WAIT)
        page.click("#stay")
        page.wait_for_selector("#idle", state="hidden", timeout=WAIT)
        page.wait_for_selector("#ending-idle", timeout=WAIT)
        assert page.evaluate("document.activeElement.textContent") == "Start a new conversation"
        assert MARK not in visit.kept()


VOICES = """
window.spoken = [];
const voices = [
    {name: "far", lang: "en-US", localService: false},
    {name: "near", lang: "en-GB", localService: true},
    {name: "other", lang: "de-DE", localService: true},
];
Object.defineProperty(window, "speechSynthesis", {value: {
    getVoices: () => VOICES.map(one => voices[one]), cancel() {}, addEventListener() {},
    speak: one => window.spoken.push([one.voice.name, one.text]),
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.mark.parametrize(("voices", "offered"), [("[0, 1, 2]", True), ("[0, 2]", False), ("[]", False)])
def test_only_a_voice_of_this_machine_reads_aloud_and_only_when_asked_to(
    visiting: Any, tmp_path: Path, voices: str, *, offered: bool
) -> None:
    with serving(tmp_path, "--kiosk") as server, visiting() as visit:
        page = visit.page
        page.add_init_script(VOICES.replace("VOICES", voices))
        page.goto(server.url)
        page.keyboard.press("Enter")
        ask(page, "how much does a manager earn", "earned")
        assert page.evaluate("spoken") == []
        assert page.is_visible("#aloud") == offered
        if offered:
            page.click("#aloud")
            assert "Headphones" in page.inner_text("#aloud-note")
            assert faults(page) == []
            read = page.evaluate("spoken")
            assert {name for name, _ in read} == {"near"}
            assert "thousand eight hundred sixty dollars" in " ".join(text for _, text in read)
            ask(page, "what is the ARRT", "ARRT")
            assert "A.R.R.T." in " ".join(text for _, text in page.evaluate("spoken")[len(read) :])
        assert visit.hosts == {server.url.split("/")[2]}
        assert visit.complaints == []
