"""The matrix of an organisation of two thousand."""

import re
from functools import partial
from pathlib import Path

from scheduler.app import create_app
from tests.browser.site import a_config
from tests.crowds import crowd
from tests.databases import Databases
from tests.web.coverage.test_home import squares
from tests.web.visiting import signed_in


def test_two_thousand_people_are_fifty_units_that_unfold(databases: Databases, tmp_path: Path) -> None:
    address = databases.make("sqlite", partial(crowd, people=2_000, core=100, talks=300))
    client = signed_in(create_app(a_config(tmp_path, address)), "organizer")

    page = client.get("/").text
    one = client.get("/?unfold=D001").text

    assert len(re.findall('class="sum-cell', page)) == 1275
    assert squares(page) == {}
    assert len(page) < 400_000
    assert "300 / 6850 次" in re.sub(r"<[^>]+>", "", page)
    assert len(squares(one)) == 1 + 38
    assert re.search(r'<tr class="unit" id="unit-D001">', one)
    assert client.get("/matrix.xlsx?unfold=D001").status_code == 200
