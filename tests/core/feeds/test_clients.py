"""Kinds of calendar program."""

import pytest

from scheduler.core.feeds.clients import family


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Google-Calendar-Importer", "google"),
        ("iOS/17.5 (21F79) dataaccessd/1.0", "apple"),
        ("macOS/14.5 (23F79) CalendarAgent/1120", "apple"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)", "outlook"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Thunderbird/115.0", "thunderbird"),
        ("ICSx5/2.2 (2024/01/01)", "icsx5"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "browser"),
        ("curl/8.0", "other"),
        ("", "other"),
    ],
)
def test_a_program_is_known_by_what_it_says(said: str, told: str) -> None:
    assert family(said) == told
