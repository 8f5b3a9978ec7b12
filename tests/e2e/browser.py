"""A real Chromium, quiet and headless: Debian's where it is installed, Playwright's own elsewhere."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

INSTALLED = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
    "--disable-domain-reliability", "--disable-features=OptimizationHints,MediaRouter,Translate", "--no-first-run",
    "--no-pings", "--metrics-recording-only", "--disable-dev-shm-usage",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, started once; every test opens contexts of its own in it."""
    program = next(filter(None, map(shutil.which, INSTALLED)), None)
    sandbox = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_QUIET, *sandbox])
        yield browser
        browser.close()
