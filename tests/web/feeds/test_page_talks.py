"""One's own talks on the subscription page: no sign-in, one form for one thing."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.core.ground.access import OPERATOR
from scheduler.core.ground.ids import BookingId, PersonId
from scheduler.extensions import db
from scheduler.services.bookings import answers
from scheduler.services.feeds import page_talks, subscriptions
from scheduler.store.bookings import load_swaps
from tests.browser import site
from tests.builders import a_clock
from tests.web.coverage.test_home import text_of

TALK = BookingId("T041")
FORM = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def visitor(site_app: Flask) -> FlaskClient:
    return site_app.test_client()


def page_of(app: Flask, person: str) -> str:
    """The address of a page that somebody took over."""
    with app.app_context():
        token = subscriptions.issue(db.session(), OPERATOR, a_clock(), PersonId(person))
        form = subscriptions.show(db.session(), token).take_over_token
        return f"/subscribe/{subscriptions.take_over(db.session(), token, form, a_clock())}"


def press(visitor: FlaskClient, page: str, button: str, **more: str) -> str:
    """Send the form of a button, and give back what the page says then."""
    for action, inside in FORM.findall(visitor.get(page).text):
        if button in inside:
            data = {**dict(FIELD.findall(inside)), **more}
            return text_of(visitor.post(action, data=data, follow_redirects=True).text)
    raise AssertionError(button)


def test_the_page_begins_with_the_next_talk_and_says_that_one_comes(site_app: Flask, visitor: FlaskClient) -> None:
    page = page_of(site_app, site.MEMBER)

    assert "下一次谈心谈话 · 4 天后 邓永昌 2014年8月5日（星期二）上午9:00—9:45 谈话室A" in text_of(
        visitor.get(page).text
    )
    told = press(visitor, page, "确认参加")

    assert "已记下：您会参加。" in told
    assert "✓ 您会参加。" in told
    assert "确认参加" not in told
    with site_app.app_context():
        assert answers.of(db.session(), OPERATOR, TALK) == {site.MEMBER: "accepted"}


def test_another_time_is_proposed_and_accepted_without_signing_in(site_app: Flask, visitor: FlaskClient) -> None:
    wen, deng = page_of(site_app, site.MEMBER), page_of(site_app, site.AWAITING)
    times = visitor.get(f"{wen}/talks/{TALK}")
    assert (times.status_code, times.headers["Referrer-Policy"], times.headers["Cache-Control"]) == (
        200, "no-referrer", "no-store",
    )  # fmt: skip
    assert f'href="{wen}/talks/T041?from=2014-08-11"' in times.text
    assert "已提议，等对方同意。" in press(visitor, f"{wen}/talks/{TALK}", "slot", slot="2014-08-07T09:00")
    assert "您提议把与邓永昌的谈话改到 8月7日 周四 9:00" in text_of(visitor.get(wen).text)
    assert "撤回提议" in text_of(visitor.get(f"{wen}/talks/{TALK}").text)

    assert "文静提议把谈话改到 8月7日 周四 9:00" in text_of(visitor.get(deng).text)
    assert "已改到 8月7日 周四 9:00。" in press(visitor, deng, "同意改期")


def test_a_proposal_is_declined_or_taken_back(site_app: Flask, visitor: FlaskClient) -> None:
    wen, deng = page_of(site_app, site.MEMBER), page_of(site_app, site.AWAITING)
    press(visitor, f"{wen}/talks/{TALK}", "slot", slot="2014-08-07T09:00")
    assert "已回复不换" in press(visitor, deng, "不换")
    press(visitor, f"{wen}/talks/{TALK}", "slot", slot="2014-08-07T09:00")
    assert "已撤回提议" in press(visitor, wen, "撤回提议")
    with site_app.app_context():
        assert [str(one.state) for one in load_swaps.proposals(db.session(), TALK)] == ["withdrawn", "declined"]


def test_a_talk_that_waits_is_confirmed_with_one_tap(site_app: Flask, visitor: FlaskClient) -> None:
    page = page_of(site_app, site.AWAITING)

    assert "已经谈过了吗？请确认" in visitor.get(page).text
    assert "已记下您的确认。" in press(visitor, page, "确认已谈")


def test_a_time_that_is_not_free_or_none_is_refused_with_the_reason(site_app: Flask, visitor: FlaskClient) -> None:
    times = f"{page_of(site_app, site.MEMBER)}/talks/{TALK}"

    assert "已经不空" in press(visitor, times, "slot", slot="2014-08-03T03:00")
    assert "不是时间" in press(visitor, times, "slot", slot="whenever")


def test_looking_changes_nothing_and_forms_of_elsewhere_do_nothing(site_app: Flask, visitor: FlaskClient) -> None:
    page = page_of(site_app, site.MEMBER)
    (action, inside) = next(one for one in FORM.findall(visitor.get(page).text) if "确认参加" in one[1])
    good = dict(FIELD.findall(inside))

    assert visitor.head(page).status_code == 200
    for wrong in ({"form": "x"}, {"step": "held"}, {"version": "9"}, {"version": "x"}):
        assert visitor.post(action, data={**good, **wrong}).status_code == 403
    for evil in ({"Origin": "https://evil.example.org"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}):
        assert visitor.post(action, data=good, headers=evil).status_code == 403
    assert visitor.post(action.replace("T041", "T045"), data=good).status_code == 403
    assert visitor.get(f"{page}/talks/T045").status_code == 404
    assert visitor.get("/subscribe/unknown/talks/T041").status_code == 404
    assert visitor.post("/subscribe/unknown/swaps/1", data=good).status_code == 404
    with site_app.app_context():
        assert answers.of(db.session(), OPERATOR, TALK) == {}


def test_browsers_do_not_say_where_the_page_is(site_app: Flask, visitor: FlaskClient) -> None:
    page = page_of(site_app, site.MEMBER)
    (action, inside) = next(one for one in FORM.findall(visitor.get(page).text) if "确认参加" in one[1])
    quiet = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}

    assert visitor.post(action, data=dict(FIELD.findall(inside)), headers=quiet).status_code == 303
    assert visitor.post("/sign-in", data={"name": "p03"}, headers=quiet).status_code == 400, "without a token"


def test_the_feeds_address_confirms_nothing(site_app: Flask, visitor: FlaskClient) -> None:
    page = page_of(site_app, site.MEMBER)
    text = visitor.get(page).text
    feed = re.findall(r"/feeds/([\w-]+)\.ics", text)[0]
    action, inside = next(one for one in FORM.findall(text) if "确认参加" in one[1])

    assert visitor.post(f"/feeds/{feed}.ics", data=dict(FIELD.findall(inside))).status_code == 405
    secret = page.rpartition("/")[2]
    assert visitor.post(action.replace(secret, feed), data=dict(FIELD.findall(inside))).status_code == 404


def test_one_page_changes_only_so_much_in_a_minute(site_app: Flask, visitor: FlaskClient) -> None:
    site_app.config["TANXIN"] = replace(site_app.config["TANXIN"], page_limit="2/hour")
    page = page_of(site_app, site.MEMBER)

    assert [visitor.post(f"{page}/stop", data={"form": "x"}).status_code for _ in range(3)] == [403, 403, 429]
    assert visitor.get(page).status_code == 200


def test_the_page_is_the_same_whoever_is_signed_in(site_app: Flask, organizer: FlaskClient) -> None:
    page = organizer.get(page_of(site_app, site.MEMBER)).text

    assert "/bookings/T041" not in page.partition("<main")[2]
    assert "I will be there" in site_app.test_client().get(f"{page_of(site_app, site.MEMBER)}?lang=en").text


def test_who_printed_a_page_cannot_act_by_it(site_app: Flask, visitor: FlaskClient) -> None:
    """The address on paper shows and subscribes; its person takes it over, and acts at an address of their own."""
    with site_app.app_context():
        token = subscriptions.issue(db.session(), OPERATOR, a_clock(), PersonId(site.MEMBER))
    paper = f"/subscribe/{token}"
    shown = visitor.get(paper).text
    assert "邓永昌" in text_of(shown)
    assert not [action for action, _ in FORM.findall(shown) if "/talks/" in action or "/swaps/" in action]
    assert visitor.get(f"{paper}/talks/{TALK}").status_code == 403
    form = page_talks.form_of(token, "come", TALK, 1)
    data = {"step": form.step, "version": "1", "form": form.proof}
    assert visitor.post(f"{paper}/talks/{TALK}", data=data).status_code == 403

    ((action, inside),) = [(a, i) for a, i in FORM.findall(shown) if a.endswith("/own")]
    own = visitor.post(action, data=dict(FIELD.findall(inside))).headers["Location"]

    assert own.startswith(f"{paper}.")
    assert "已记下：您会参加。" in press(visitor, own, "确认参加")
    assert "本页已于" in text_of(visitor.get(paper).text)
    assert visitor.post(f"{paper}/talks/{TALK}", data=data).status_code == 403
