"""What a window saw, and what a page of the dashboard must not show."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, TimeoutError

PICKS, PICK_MILLISECONDS = 4, 5000
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
# Streamlit looks for its own addresses below the page's first, and logs that they are not there.
SOUGHT_BELOW_THE_PAGE = ("/_stcore/health", "/_stcore/host-config")
ERRORS = '[data-testid="stException"], [data-testid="stAlertContentError"]'
# Marks with a shape; axes and legends have other roles.
EMPTY_CHARTS = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
    .filter(chart => {
        const svg = chart.querySelector('svg');
        const box = svg?.getBoundingClientRect();
        const marks = chart.querySelectorAll('g.role-mark path[d], g.role-mark text');
        const shown = [...marks].filter(mark => (mark.getAttribute('d') ?? 'text').length > 0);
        return !svg || box.width < 60 || box.height < 40 || shown.length === 0;
    })
    .map(chart => chart.closest('[data-testid="stElementContainer"]')?.innerText || 'a chart')"""
CHARTS = """() => document.querySelectorAll('[data-testid="stVegaLiteChart"]').length"""
# How far the page, or what it scrolls in, is wider than the window.
OVERHANG = """() => Math.max(
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ...[...document.querySelectorAll('[data-testid="stMain"]')].map(
        main => main.scrollWidth - main.clientWidth))"""


def pick(page: Page, title: str, option: str) -> None:
    """Choose an option of a filter. A view that is drawn again in between shuts the list."""
    for attempt in range(PICKS):
        page.get_by_label(title).click()
        try:
            page.get_by_role("option", name=option, exact=True).click(timeout=PICK_MILLISECONDS)
        except TimeoutError:
            if attempt == PICKS - 1:
                raise
            page.keyboard.press("Escape")
        else:
            return


@dataclass
class Seen:
    """What happened in a window while a test used it."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def watch(page: Page) -> Seen:
    """Note console errors, exceptions of scripts, and requests that leave the machine."""
    seen = Seen()

    def on_console(message: ConsoleMessage) -> None:
        at = str(message.location.get("url", ""))
        is_sought = "404" in message.text and at.endswith(SOUGHT_BELOW_THE_PAGE)
        if message.type == "error" and not is_sought:
            seen.console.append(f"{message.text} ({at})")

    def on_request(request: Request) -> None:
        if not request.url.startswith(LOCAL):
            seen.outside.append(request.url)

    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.on("request", on_request)
    page.on("websocket", lambda socket: socket.url.startswith(LOCAL) or on_socket(seen, socket.url))
    return seen


def on_socket(seen: Seen, url: str) -> None:
    """Note a websocket that leaves the machine."""
    seen.outside.append(url)


def flaws(page: Page, seen: Seen) -> list[str]:
    """What is wrong with the page as it stands: nothing, for a good one."""
    found = [f"error box: {text}" for text in page.locator(ERRORS).all_inner_texts()]
    found += [f"console: {text}" for text in seen.console]
    found += [f"outside: {url}" for url in seen.outside]
    found += [f"empty chart: {text}" for text in page.evaluate(EMPTY_CHARTS)]
    over = page.evaluate(OVERHANG)
    return found + ([f"scrolls sideways by {over} pixels"] if over > 0 else [])
