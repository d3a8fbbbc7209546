"""The pages can be put on a phone's home screen: what browsers ask of a manifest, and that its pictures are there."""

import re
import struct

import pytest
from flask import Flask
from flask.testing import FlaskClient

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size_of(client: FlaskClient, address: str) -> str:
    """The size of a picture, read from the picture itself."""
    answer = client.get(address)
    data = answer.data
    answer.close()
    assert (answer.status_code, answer.content_type, data[:8]) == (200, "image/png", SIGNATURE)
    return "{}x{}".format(*struct.unpack(">II", data[16:24]))


@pytest.mark.parametrize(("language", "name", "html_lang"), [("zh", "谈心", "zh-CN"), ("en", "Tanxin", "en")])
def test_every_page_leads_to_a_manifest_in_its_language(
    site_app: Flask, language: str, name: str, html_lang: str
) -> None:
    visitor = site_app.test_client()
    page = visitor.get(f"/sign-in?lang={language}").text
    (address,) = re.findall(r'<link rel="manifest" href="([^"]+)">', page)

    answer = visitor.get(address)

    assert answer.content_type == "application/manifest+json; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    told = answer.get_json()
    assert (told["name"], told["short_name"], told["lang"]) == (name, name, html_lang)
    assert (told["start_url"], told["scope"], told["id"], told["display"]) == ("/", "/", "/", "standalone")
    assert re.fullmatch(r"#[0-9a-f]{6}", told["theme_color"])
    assert re.fullmatch(r"#[0-9a-f]{6}", told["background_color"])


def test_its_pictures_are_there_in_the_sizes_it_says(site_app: Flask) -> None:
    visitor = site_app.test_client()
    icons = visitor.get("/manifest/zh.webmanifest").get_json()["icons"]

    assert [(icon["sizes"], icon["purpose"]) for icon in icons] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in icons:
        assert size_of(visitor, icon["src"]) == icon["sizes"]
    page = visitor.get("/sign-in").text
    (touch,) = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
    assert size_of(visitor, touch) == "180x180"


def test_its_shortcuts_lead_to_pages(member: FlaskClient) -> None:
    shortcuts = member.get("/manifest/en.webmanifest").get_json()["shortcuts"]

    assert [(one["name"], one["url"]) for one in shortcuts] == [("My page", "/me"), ("Calendar", "/bookings")]
    assert {member.get(one["url"]).status_code for one in shortcuts} == {200}


def test_the_bar_of_the_phone_has_a_colour_by_day_and_by_night(site_app: Flask) -> None:
    page = site_app.test_client().get("/sign-in").text

    assert page.count('<meta name="theme-color"') == 2
    assert 'media="(prefers-color-scheme: dark)"' in page


def test_there_is_no_manifest_in_a_language_that_we_do_not_speak(site_app: Flask) -> None:
    assert site_app.test_client().get("/manifest/fr.webmanifest").status_code == 404
