"""Visiting pages in tests: signing in with a password, posting forms with their token."""

import re
from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from scheduler.web.pages import ROOMS
from tests.browser.site import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def is_page(rule: Rule) -> bool:
    """Whether a route is one of the pages, not one of the other doors."""
    return rule.endpoint.partition(".")[0] in {room.name for room in ROOMS}


def token(client: FlaskClient) -> str:
    """The token that this visitor's forms carry."""
    found = TOKEN.search(client.get("/sign-in").text) or TOKEN.search(client.get("/account").text)
    assert found
    return found[1]


def post(client: FlaskClient, path: str, data: Mapping[str, object] | None = None, **options: object) -> TestResponse:
    """Send a form."""
    return client.post(path, data={"csrf_token": token(client), **(data or {})}, **options)  # type: ignore[arg-type]


def signed_in(app: Flask, name: str) -> FlaskClient:
    """Somebody's browser, signed in."""
    client = app.test_client()
    response = post(client, "/sign-in", {"name": name, "password": PASSWORD})
    assert response.status_code == 303, response.text
    return client
