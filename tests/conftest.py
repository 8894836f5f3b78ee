"""What every test may ask for. A test that asks for `page` or `open_page` is a browser test."""

import shutil

import pytest
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests.strictness import loopback_only, template_nodes_know_their_file

PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
CHROMIUM_ARGS = [
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    with loopback_only():
        yield


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_of_templates_fail():
    with template_nodes_know_their_file():
        yield


@pytest.fixture(autouse=True)
def _french_again():
    """The language of the page that was asked for last stays with the thread: what follows is not in it."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "bin/test installs chromium-headless-shell"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server, django_db_serialized_rollback):
    """open_page("/agenda/", size=PHONE, javascript=False, …): a new browser, with its page at that path.

    Other keywords go to Playwright's new_context (geolocation, permissions, locale…). The test fails
    when a script of a page raises or the content security policy refuses something.
    """
    contexts, complaints = [], []

    def note(message):
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_at(path="/", *, size=DESKTOP, javascript=True, **options):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=size,
            java_script_enabled=javascript,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(40_000)  # of a slow machine that does other things besides
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", note)
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request, open_page):
    """The home page, opened twice: on a phone of 360 × 640 and on a screen of 1280 × 800."""
    return open_page("/", size=request.param)
