"""How much script and style a page brings along."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from config import ROOT

MAX_BYTES = 200_000
"""Bytes, compressed, of all scripts and style sheets of one page."""
LINKED = re.compile(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"')


@pytest.mark.parametrize(
    "path", ["/", "/bookings", "/bookings/new", "/plans", "/plans/new", "/me", "/import", "/people", "/programme"]
)
def test_no_page_brings_more_script_and_style_than_it_may(organizer: FlaskClient, path: str) -> None:
    page = organizer.get(path).text
    files = {urlsplit(address).path for address in LINKED.findall(page)}

    weights = {name: len(gzip.compress((ROOT / name.removeprefix("/")).read_bytes())) for name in files}

    assert len(files) >= 4
    assert sum(weights.values()) <= MAX_BYTES, weights
