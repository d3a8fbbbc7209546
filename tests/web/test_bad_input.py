"""Whatever is sent to whichever form: a sentence comes back, never a broken page; and nothing typed is lost."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from config import ROOT
from tests.browser import site
from tests.web.visiting import is_page, signed_in, token

FORM_FIELDS = sorted(
    {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(
            r'\bname="([a-z_0-9]+)"|(?:input|select|area|checks)\((?:fields|none), "([a-z_0-9]+)"', template.read_text()
        )
        for name in name
        if name and name not in ("csrf_token", "viewport", "once", "look_again")
    }
)
"""Every field of every form."""
THERE = {
    "group_id": "B1",
    "booking_id": "T041",
    "person_id": "p04",
    "room_id": "R04",
    "unit_id": "D07",
    "rule_set": "four-must-talks-extended",
    "session_id": "S09",
    "subject": "B1",
    "rule": "FR1",
    "branch": "B1",
    "period": "2014-03",
    "key": "talks_end",
    "run_id": "P001",
    "name": "p03",
    "code": "nothing",
    "token": "nothing",
    "feed_id": "1",
    "campaign": "c1",
    "task_id": "Z03",
    "material_id": "M04",
    "opinion_id": "O23",
    "item": "c6",
    "kind": "tasks",
    "target_id": "ST1",
    "int:number": "1",
    "int:year": "2014",
}
"""What stands in the sample, for addresses with a part to fill in."""
GARBAGE: dict[str, list[str]] = {
    "empty": [""],
    "overlong": ["长" + "x" * 1199],
    "no-number": ["-7"],
    "huge-number": ["9" * 5000],
    "no-day": ["2014-13-45"],
    "odd-letters": ["\u202e\u200b林\u0301²👩‍👩‍👧<script>{{7*7}}"],
    "nul": ["a\0b"],
    "several": ["p02", "p02", "T041", "林秀芝,林秀芝"],
}
MAY_ANSWER = {200, 302, 303, 400, 404, 405, 409, 410, 413, 422, 429}


@pytest.fixture
def site_app(recorded_app: Flask) -> Flask:
    """With everything that a form may be about."""
    return recorded_app


def forms(app: Flask) -> Iterator[str]:
    """The address of every form of the pages."""
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and is_page(rule) and "sign-out" not in rule.rule:
            yield re.sub(r"<([^>]+)>", lambda part: THERE[part[1]], rule.rule)


def has_sentence(page: str) -> bool:
    """Whether a page says what is wrong."""
    return bool(
        re.search(
            r'class="error"|role="alert">\s*<p>|class="lost"|class="find"|class="card versions"|class="notice is-', page
        )
    )


def is_fine(answer: TestResponse) -> bool:
    """Whether something was done, or said."""
    return answer.status_code in MAY_ANSWER and (answer.status_code < 400 or has_sentence(answer.text))


@pytest.mark.parametrize("kind", GARBAGE)
def test_no_form_breaks_whatever_is_sent(site_app: Flask, kind: str) -> None:
    sent = dict.fromkeys(FORM_FIELDS, GARBAGE[kind])
    wrong, left = [], sorted(forms(site_app))
    for who in (site.ORGANIZER, site.ADMIN):
        browser = signed_in(site_app, who)
        its_token, paths, left = token(browser), left, []
        for path in paths:
            answer = browser.post(path, data={**sent, "csrf_token": its_token})
            if answer.status_code == 403:
                left.append(path)
            elif not is_fine(answer):
                wrong.append((path, answer.status))
    assert (wrong, left) == ([], [])


VALID: dict[str, dict[str, object]] = {
    "/bookings": {
        "kind": "talk",
        "people": ["林秀芝", "高富"],
        "day": "2014-08-05",
        "start": "09:00",
        "minutes": "45",
        "room": "R04",
        "mode": "face_to_face",
        "rule_set": "",
    },
    "/bookings/T041": {
        "day": "2014-08-05",
        "start": "09:00",
        "minutes": "45",
        "room": "R04",
        "add_people": "",
        "version": "1",
        "remove_people": "p03",
    },
    "/bookings/series": {
        "kind": "study_session",
        "audience": "leadership_team",
        "minutes": "120",
        "count": "2",
        "from": "2014-08-11",
        "to": "2014-08-29",
        "apart": "2",
        "per_week": "2",
        "half_days": "Wed-pm",
        "start": "2014-08-11T09:00",
    },
    "/absences": {
        "person": "高富",
        "first": "2014-08-05",
        "last": "2014-08-06",
        "reason": "出差",
        "weekdays": "1",
        "only_from": "13:30",
        "only_to": "17:30",
    },
    "/plans": {
        "from": "2014-08-04",
        "to": "2014-08-29",
        "minutes": "45",
        "grid": "30",
        "max_talks_per_day": "3",
        "seconds": "20",
        "rooms": "R04",
        "rule_set": "four-must-talks-extended",
        "again": "",
    },
    "/rooms": {"id": "R77", "name": "新屋", "use": "talk", "capacity": "4", "owner": ""},
    "/rooms/R04/edit": {"name": "谈话室", "use": "talk", "capacity": "4", "owner": ""},
    "/people/p04/edit": {"name": "王海波", "position": "主任", "unit": "D01", "branch": "B1", "email": "a@b.cn"},
    "/people/p04/occurrences": {"kind": "promoted", "day": "2014-08-01"},
    "/progress/conditions/meeting": {"lines": "1", "what-1": "study", "name-1": "", "target-1": "", "days-1": "3"},
    "/programme/workdays/2014": {"day": "2014-08-09", "kind": "workday", "note": ""},
}
"""Forms as they are usually sent."""


def test_numbers_that_no_database_counts_to_are_not_found(site_app: Flask) -> None:
    browser = signed_in(site_app, site.ORGANIZER)
    its_token, huge = token(browser), "9" * 20
    addresses = [path.replace("/1/", f"/{huge}/") for path in forms(site_app) if "/1/" in path]

    answers = {path: browser.post(path, data={"csrf_token": its_token}).status_code for path in addresses}

    assert len(answers) >= 8
    assert set(answers.values()) == {404}


@pytest.mark.parametrize("path", VALID)
def test_no_form_breaks_when_one_field_of_it_is_odd(site_app: Flask, path: str) -> None:
    browser, wrong = signed_in(site_app, site.ORGANIZER), []
    its_token = token(browser)
    for name in VALID[path]:
        for kind, values in GARBAGE.items():
            answer = browser.post(path, data={**VALID[path], name: values, "csrf_token": its_token})
            if not is_fine(answer):
                wrong.append((name, kind, answer.status))
    assert wrong == []
