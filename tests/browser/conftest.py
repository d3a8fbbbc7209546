"""One site for each file of tests, and one browser; each test has a window of its own."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import make_url

from tests.browser import site as sites
from tests.browser.site import Site
from tests.databases import Databases


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample organisation and its drafts, made once for all processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / "drafted.sqlite"
    with (folder / "drafted.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            address = Databases(tmp_path_factory.mktemp("drafted")).make("sqlite", sites.fill_with_drafts)
            shutil.copy(str(make_url(address).database), path)
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, drafted: Path) -> Iterator[Site]:
    """The application on the sample organisation, answering at an address."""
    with sites.running(tmp_path_factory.mktemp("site"), copied=drafted) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not Path(sites.CHROMIUM).exists():
        pytest.skip("no Chromium on this machine")
    with sites.browser() as opened:
        yield opened


Window = Callable[..., Page]
expect.set_options(timeout=sites.PATIENCE)
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (report) =>
  console.error(`Content Security Policy: ${report.violatedDirective} ${report.blockedURI}`))"""


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[Window]:
    """Opens a window for somebody; whatever its page complains of fails the test."""
    complaints: list[str] = []
    opened = []

    def open_window(who: str = "", size: ViewportSize = sites.DESKTOP, **options: object) -> Page:
        context = chromium.new_context(viewport=size, has_touch=size == sites.PHONE, **options)  # type: ignore[arg-type]
        opened.append(context)
        context.add_init_script(TELL_VIOLATIONS)
        page = context.new_page()
        page.set_default_timeout(sites.PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message.text) else None)
        if who:
            sites.sign_in(page, site, who)
        return page

    yield open_window
    for context in opened:
        context.close()
    assert complaints == []


def _is_complaint(text: str) -> bool:
    """What the browser says of policies and of scripts; that a booking was refused (409) is no complaint."""
    return "Content Security Policy" in text or "Error:" in text or "Refused to" in text
