"""The talks of a ledger that one would ask about, by command, script and page, each as far as the reader may know."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.command_line import CommandLine
from tests.visitors import a_browser, a_script

LOG = """编号 id,日期 date,开始 start,结束 end,地点 room,参加人 participants,方式 mode,状态 status
T901,2014-07-04,08:30,09:00,,p01;p02,面谈,已完成
T902,2014-07-04,09:15,09:45,,p01;p03,面谈,已完成
T903,2014-07-04,10:00,10:30,,p01;p05,面谈,已完成
T904,2014-07-04,10:45,11:15,,p01;p06,面谈,已完成
T905,2014-07-04,13:30,14:00,,p01;p07,面谈,已完成
T906,2014-07-08,09:00,09:30,,p04;p08,面谈,已完成
"""
"""Five of one leader in a day; and one with somebody who was at a training."""
MANY = ["T901", "T902", "T903", "T904", "T905"]


@pytest.fixture
def cli(sample_database: str, tmp_path: Path) -> CommandLine:
    line = CommandLine(sample_database, tmp_path)
    line.json("rules", "apply", "cn.four-must-talks")
    return line


def test_they_are_listed_at_every_door(
    cli: CommandLine, sample_app: Flask, sample_session: Session, tmp_path: Path
) -> None:
    assert cli.json("ledger", "--odd") == []
    assert cli("ledger", "--odd").out == "没有值得核对的\n"
    log = tmp_path / "talk_log.csv"
    log.write_text(LOG, "utf-8")
    cli.json("import", log)

    told = cli.json("ledger", "--odd")
    assert [talk["id"] for talk in told] == [*MANY, "T906"]
    assert told[0]["oddities"][0]["text"] == "沈维岳 当天谈了 5 次"
    assert told[-1] == {
        "id": "T906", "date": "2014-07-08", "people": ["p04", "p08"],
        "oddities": [{"kind": "was_away", "subject": "p04", "text": "王海波 当时登记为不在岗"}],
    }  # fmt: skip
    assert "T905  2014-07-04  沈维岳、邓永昌  沈维岳 当天谈了 5 次" in cli("ledger", "--odd").out

    assert a_script(sample_app, sample_session).get("/api/v1/ledger/odd").json == {"talks": told}
    page = a_browser(sample_app, sample_session, "p41").get("/ledger?verdict=odd").text
    assert page.count("请核对：沈维岳 当天谈了 5 次") == 5
    assert "请核对：王海波 当时登记为不在岗" in page


def test_who_was_away_is_told_to_nobody_who_may_not_know(
    cli: CommandLine, sample_app: Flask, sample_session: Session, tmp_path: Path
) -> None:
    log = tmp_path / "talk_log.csv"
    log.write_text(LOG, "utf-8")
    cli.json("import", log)

    told = a_script(sample_app, sample_session, "s01").get("/api/v1/ledger/odd").json["talks"]

    assert [talk["id"] for talk in told] == MANY, "a supervisor sees no absences"
    assert a_script(sample_app, sample_session, "p03").get("/api/v1/ledger/odd").status_code == 403
