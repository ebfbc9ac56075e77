"""Every page of the dashboard in Chromium, on the demo, at the widths of a desk and of a phone."""

import pytest
from playwright.sync_api import expect
from watching import CHARTS, flaws, pick, watch

from tools.browser import HEIGHT, open_page, show_whole, wait_until_whole
from tools.exposures import titles
from tools.screenshots import addresses

PAGES = list(titles())
WIDTHS = (1280, 390)
WARM_SECONDS = 4
# Other work on the machine may delay one opening, but not each.
OPENINGS = 3
# Pages that answer with tables alone, as that of an account does until one is chosen.
WITHOUT_CHARTS = {"rows", "account"}
HEADER, ROW = 36, 35


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_shows_without_a_flaw(browser, address, name, width):
    page = browser.new_page(viewport={"width": width, "height": HEIGHT})
    seen = watch(page)
    open_page(page, f"{address}/{name}")
    show_whole(page)
    assert titles()[name] in page.locator("h1").first.inner_text()
    assert flaws(page, seen) == []
    assert page.evaluate(CHARTS) > 0 or name in WITHOUT_CHARTS
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_chosen_account_shows_without_a_flaw(browser, address, published, width):
    page = browser.new_page(viewport={"width": width, "height": HEIGHT})
    seen = watch(page)
    open_page(page, f"{address}/{addresses(published)['account']}")
    show_whole(page)
    assert flaws(page, seen) == []
    assert page.evaluate(CHARTS) > 0
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_last_chart_of_a_warm_page_is_drawn_in_time(window, address, published, name):
    where = f"{address}/{addresses(published)[name]}"
    open_page(window, where)
    taken = [open_page(window, where) for _ in range(OPENINGS)]
    print(f"{name}: {min(taken):.2f} s")
    assert min(taken) < WARM_SECONDS


def test_the_browser_notices_what_is_wrong(window, address):
    """The checks above fail where they should: no test of this file passes in vain."""
    seen = watch(window)
    open_page(window, f"{address}/trust")
    assert flaws(window, seen) == []
    window.evaluate(
        """() => {
            console.error('broken');
            const main = document.querySelector('[data-testid="stMain"]');
            const wide = document.createElement('div');
            wide.style.width = '4000px'; wide.style.height = '1px';
            main.appendChild(wide);
            const box = document.createElement('div');
            box.dataset.testid = 'stException'; box.innerText = 'an exception';
            main.appendChild(box);
            document.querySelectorAll('g.role-mark path').forEach(mark => mark.remove());
            document.querySelectorAll('g.role-mark text').forEach(mark => mark.remove());
            fetch('http://192.0.2.1/').catch(() => {});
        }"""
    )
    window.wait_for_timeout(300)
    found = "\n".join(flaws(window, seen))
    for flaw in ("an exception", "broken", "empty chart", "192.0.2.1", "scrolls sideways"):
        assert flaw in found


def test_a_filter_is_in_the_url_and_in_a_link(window, address, browser):
    seen = watch(window)
    open_page(window, f"{address}/portfolio")
    pick(window, "Tiers by", "Investment tier")
    window.wait_for_url("**/portfolio?scheme=investment_tier")
    wait_until_whole(window)
    assert flaws(window, seen) == []
    mailed = browser.new_page()
    open_page(mailed, window.url)
    assert mailed.get_by_label("Tiers by").input_value() == "Investment tier"
    mailed.close()


def test_an_account_in_a_table_leads_to_its_page(window, address):
    open_page(window, f"{address}/portfolio?action=reprice")
    show_whole(window)
    table = window.locator('[data-testid="stDataFrame"]').nth(2)
    # The grid draws its cells itself, and knows a link once the mouse is over it.
    cell = {"x": 60, "y": HEADER + ROW // 2}
    table.hover(position=cell)
    window.wait_for_timeout(500)
    with window.expect_popup() as opened:
        table.click(position=cell)
    account = opened.value
    seen = watch(account)
    wait_until_whole(account)
    assert "/account?account=" in account.url
    assert "Account 360" in account.title() or account.locator("h1").count()
    assert flaws(account, seen) == []


def test_a_figure_leads_to_its_rows(window, address):
    seen = watch(window)
    open_page(window, f"{address}/trust")
    window.get_by_role("link", name="Rows", exact=True).nth(1).click()
    window.wait_for_url("**/rows?table=dq_reconciliation")
    wait_until_whole(window)
    expect(window.get_by_text("one row per table of the raw contract".capitalize())).to_be_visible()
    assert flaws(window, seen) == []
