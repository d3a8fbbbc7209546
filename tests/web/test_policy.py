"""Default deny: every route declares whom it is for, the whole table was reviewed, and every role is asked for each."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from scheduler import edge
from scheduler.core.ground.access import Role
from scheduler.dav import views
from tests.visitors import a_script

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

VISITORS = {"O": "p22", "B": "p12", "P": "p01", "S": "s01", "M": "p27", "A": "admin"}
"""Organizer, branch organizer, principal, supervisor, member, administrator (who is nobody of the organisation)."""
EVERYBODY = "everybody"
DEVICES = "devices"
"""Those with a password of their own; whoever asks by an account is sent away with 401."""
ALL, PEOPLE, BOOKERS = "OBPSMA", "OBPSM", "OBPM"
OVERSEERS, BRANCH_TOO = "OPS", "OBPS"
REVIEWED = {
    # API
    "GET /api/v1/bookings": ALL,
    "POST /api/v1/bookings": BOOKERS,
    "POST /api/v1/bookings/check": BOOKERS,
    "POST /api/v1/free-times": BOOKERS,
    "GET /api/v1/proposals": BOOKERS,
    "POST /api/v1/proposals/<int:number>/accept": BOOKERS,
    "POST /api/v1/proposals/<int:number>/decline": BOOKERS,
    "POST /api/v1/proposals/<int:number>/withdraw": BOOKERS,
    "GET /api/v1/swaps": PEOPLE,
    "GET /api/v1/bookings/<booking_id>/swap-times": PEOPLE,
    "POST /api/v1/bookings/<booking_id>/swaps": PEOPLE,
    "POST /api/v1/swaps/<int:number>/accept": PEOPLE,
    "POST /api/v1/swaps/<int:number>/decline": PEOPLE,
    "POST /api/v1/swaps/<int:number>/withdraw": PEOPLE,
    "GET /api/v1/bookings/<booking_id>": ALL,
    "PATCH /api/v1/bookings/<booking_id>": BOOKERS,
    "PATCH /api/v1/campaigns/<campaign>": "O",
    "DELETE /api/v1/bookings/<booking_id>": BOOKERS,
    "POST /api/v1/bookings/<booking_id>/confirm": PEOPLE,
    "POST /api/v1/bookings/<booking_id>/unconfirm": PEOPLE,
    "POST /api/v1/bookings/<booking_id>/link": "O",
    "POST /api/v1/bookings/<booking_id>/unlink": "O",
    "POST /api/v1/rule-sets/<rule_set>/link-all-in-window": "O",
    "GET /api/v1/campaigns": ALL,
    "GET /api/v1/campaigns/<campaign>": ALL,
    "GET /api/v1/coverage": BRANCH_TOO,
    "GET /api/v1/requirements": BRANCH_TOO,
    "GET /api/v1/ledger": BRANCH_TOO,
    "GET /api/v1/ledger/odd": BRANCH_TOO,
    "POST /api/v1/what-if": "O",
    "POST /api/v1/series": "OB",
    "POST /api/v1/series/book": "OB",
    "POST /api/v1/series/regular": "OB",
    "POST /api/v1/bookings/many": "OBPSM",
    "GET /api/v1/study": OVERSEERS,
    "GET /api/v1/papers/<paper>": ALL,
    "GET /api/v1/report": OVERSEERS,
    "GET /api/v1/study-targets": OVERSEERS,
    "POST /api/v1/study-targets": "O",
    "PATCH /api/v1/study-targets/<target>": "O",
    "DELETE /api/v1/study-targets/<target>": "O",
    "PUT /api/v1/study-targets/<target>/exemptions/<person>": "O",
    "DELETE /api/v1/study-targets/<target>/exemptions/<person>": "O",
    "GET /api/v1/feeds": PEOPLE,
    "POST /api/v1/feeds": PEOPLE,
    "POST /api/v1/feeds/<feed_id>/rotate": PEOPLE,
    "DELETE /api/v1/feeds/<feed_id>": PEOPLE,
    # The programme
    "GET /api/v1/programme": OVERSEERS,
    "GET /api/v1/batches": OVERSEERS,
    "POST /api/v1/batches/<batch_id>/people": "O",
    "GET /api/v1/bookings/<booking_id>/gate": OVERSEERS,
    "PUT /api/v1/bookings/<booking_id>/gate/<item>": OVERSEERS,
    "GET /api/v1/conditions/<kind>": OVERSEERS,
    "GET /api/v1/visits": OVERSEERS,
    "PUT /api/v1/tasks/<task_id>/leader": "O",
    "PUT /api/v1/conditions/<kind>": "O",
    "POST /api/v1/bookings/<booking_id>/gate/confirm": "OP",
    "POST /api/v1/bookings/<booking_id>/gate/after": "O",
    "GET /api/v1/frequencies": BRANCH_TOO,
    "PUT /api/v1/frequencies/<rule>/<subject>/<period>": "O",
    "POST /api/v1/frequencies/<rule>/<subject>/<period>/meeting": "OB",
    "GET /api/v1/materials": PEOPLE,
    "POST /api/v1/materials/<material_id>/steps": PEOPLE,
    "GET /api/v1/opinions": OVERSEERS,
    "POST /api/v1/opinions/<opinion_id>/receive": "O",
    "POST /api/v1/opinions/<opinion_id>/waive": "O",
    "GET /api/v1/tasks": PEOPLE,
    "PUT /api/v1/tasks/<task_id>": PEOPLE,
    "PUT /api/v1/milestones/<key>": "O",
    "GET /api/v1/me": ALL,
    "GET /api/v1/openapi.json": EVERYBODY,
    "GET /api/v1/people": ALL,
    "GET /api/v1/people/<person_id>": ALL,
    "GET /api/v1/plans": BRANCH_TOO,
    "POST /api/v1/plans": "OB",
    "GET /api/v1/plans/<run_id>": BRANCH_TOO,
    "POST /api/v1/plans/<run_id>/again": "OB",
    "POST /api/v1/plans/<run_id>/cancel": "OB",
    "POST /api/v1/plans/<run_id>/discard": "OB",
    "PATCH /api/v1/plans/<run_id>/placements/<int:number>": "OB",
    "POST /api/v1/plans/<run_id>/release": "OB",
    "GET /api/v1/occurrences": "O",
    "POST /api/v1/occurrences": "O",
    "PUT /api/v1/occurrences/<int:number>/partner": "O",
    "DELETE /api/v1/occurrences/<int:number>": "O",
    "GET /api/v1/bookings/<booking_id>/attendance": BRANCH_TOO,
    "PUT /api/v1/bookings/<booking_id>/attendance": "OB",
    "GET /api/v1/bookings/<booking_id>/guests": ALL,
    "POST /api/v1/bookings/<booking_id>/guests": "OB",
    "DELETE /api/v1/bookings/<booking_id>/guests/<guest_id>": "OB",
    "PUT /api/v1/bookings/<booking_id>/guest-attendance": "OB",
    "GET /api/v1/rooms": ALL,
    "GET /api/v1/rule-sets": BRANCH_TOO,
    "GET /api/v1/campaigns/rollup": BRANCH_TOO,
    "GET /campaigns": BRANCH_TOO,
    "POST /campaigns/<campaign>/lead": "O",
    "POST /campaigns/<campaign>/close": "O",
    "POST /campaigns/<campaign>/reopen": "O",
    # Calendar readers and files
    "GET /feeds/<token>.ics": EVERYBODY,
    "GET /static/<path:filename>": EVERYBODY,
    "GET /manifest/<language>.webmanifest": EVERYBODY,
    "GET /healthz": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /robots.txt": EVERYBODY,
    "GET /.well-known/security.txt": EVERYBODY,
    **{f"{method} /.well-known/caldav": EVERYBODY for method in views.METHODS if method != "OPTIONS"},
    **{f"{method} /dav": EVERYBODY for method in views.METHODS if method != "OPTIONS"},
    **{f"{method} /dav/": DEVICES for method in views.METHODS if method != "OPTIONS"},
    **{f"{method} /dav/<path:path>": DEVICES for method in views.METHODS if method != "OPTIONS"},
    # Signing in
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-in/code": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "GET /set-password/<token>": EVERYBODY,
    "POST /set-password/<token>": EVERYBODY,
    "GET /account": ALL,
    "POST /account/password": ALL,
    "POST /account/language": ALL,
    "GET /account/second-factor": ALL,
    "POST /account/second-factor": ALL,
    "POST /account/second-factor/confirm": ALL,
    "POST /account/second-factor/codes": ALL,
    "POST /account/second-factor/end": ALL,
    # Coverage
    "GET /": ALL,
    "GET /squares/<key>": BRANCH_TOO,
    "POST /squares/<key>/held": "O",
    "GET /matrix.xlsx": BRANCH_TOO,
    "GET /matrix.svg": BRANCH_TOO,
    "GET /ledger": BRANCH_TOO,
    "GET /requirements": BRANCH_TOO,
    "GET /rules": BRANCH_TOO,
    "GET /rules/preview": BRANCH_TOO,
    "POST /rules/preview": "O",
    "POST /rules": "O",
    "POST /rules/<rule_set>/lead": "O",
    "POST /rules/<rule_set>/link-all": "O",
    "GET /study": OVERSEERS,
    "GET /report": OVERSEERS,
    "GET /study/<session_id>": OVERSEERS,
    "GET /study/targets/new": "O",
    "GET /study/targets/<target_id>": "O",
    "POST /study/targets": "O",
    "POST /study/targets/<target_id>": "O",
    "POST /study/targets/<target_id>/remove": "O",
    "POST /study/targets/<target_id>/exemptions": "O",
    "POST /study/targets/<target_id>/exemptions/<person_id>/remove": "O",
    "GET /bookings/<booking_id>/attendance": BRANCH_TOO,
    "POST /bookings/<booking_id>/attendance": "OB",
    "GET /bookings/<booking_id>/sign-in": "OB",
    "POST /bookings/<booking_id>/arrivals": "OB",
    "GET /mail/robots": "O",
    "GET /search": ALL,
    "POST /mail/robots": "O",
    "POST /mail/robots/<int:number>": "O",
    "GET /scan/<booking_id>/<code>": EVERYBODY,
    "GET /scan": EVERYBODY,
    "POST /scan": EVERYBODY,
    "POST /bookings/<booking_id>/roll-call": "OB",
    # The planner
    "GET /plans": BRANCH_TOO,
    "GET /plans/new": "OB",
    "POST /plans": "OB",
    "GET /plans/<run_id>": BRANCH_TOO,
    "POST /plans/<run_id>/again": "OB",
    "POST /plans/<run_id>/cancel": "OB",
    "POST /plans/<run_id>/discard": "OB",
    "POST /plans/<run_id>/restore": "OB",
    "POST /plans/<run_id>/pins": "OB",
    "POST /plans/<run_id>/release": "OB",
    "GET /plans/<run_id>/talks/<int:number>": "OB",
    "POST /plans/<run_id>/talks/<int:number>": "OB",
    # Bookings
    "GET /bookings": ALL,
    "GET /bookings/<booking_id>": ALL,
    "GET /bookings/<booking_id>/papers": ALL,
    "POST /bookings/<booking_id>/papers/printed": "OB",
    "GET /papers/<name>.<as_format>": ALL,
    "GET /papers/bundle.zip": BRANCH_TOO,
    "GET /bookings/<booking_id>/taken": BOOKERS,
    "GET /bookings/taken": BOOKERS,
    "GET /bookings/open": "OB",
    "GET /bookings/new": BOOKERS,
    "GET /bookings/series": "OB",
    "POST /bookings/series": "OB",
    "GET /talks/new": BOOKERS,
    "POST /bookings": BOOKERS,
    "POST /bookings/check": BOOKERS,
    "POST /bookings/times": BOOKERS,
    "POST /bookings/<booking_id>/times": BOOKERS,
    "GET /bookings/<booking_id>/edit": BOOKERS,
    "GET /bookings/<booking_id>/times": BOOKERS,
    "POST /bookings/<booking_id>": BOOKERS,
    "POST /bookings/<booking_id>/check": BOOKERS,
    "POST /bookings/<booking_id>/cancel": BOOKERS,
    "POST /bookings/<booking_id>/restore": BOOKERS,
    "POST /bookings/<booking_id>/confirm": PEOPLE,
    "POST /bookings/<booking_id>/unconfirm": PEOPLE,
    "POST /bookings/<booking_id>/come": PEOPLE,
    "POST /bookings/many": "OBPSM",
    "POST /bookings/<booking_id>/cancel-series": "OB",
    "POST /bookings/<booking_id>/answers": "O",
    "GET /bookings/series/regular": "OB",
    "POST /bookings/series/regular": "OB",
    "GET /bookings/held": "O",
    "POST /bookings/held": "O",
    "GET /bookings/<booking_id>/people": ALL,
    "POST /bookings/<booking_id>/guests": "OB",
    "POST /bookings/<booking_id>/guests/remove": "OB",
    "GET /bookings/<booking_id>/agenda": ALL,
    "POST /bookings/<booking_id>/agenda": BOOKERS,
    "POST /bookings/<booking_id>/link": "O",
    "POST /bookings/<booking_id>/unlink": "O",
    # The organisation
    "GET /people": ALL,
    "GET /people/<person_id>": ALL,
    "GET /people/<person_id>/edit": "O",
    "POST /people/<person_id>/edit": "O",
    "GET /people/<person_id>/leave": "O",
    "GET /people/<person_id>/merge": "O",
    "POST /people/<person_id>/merge": "O",
    "POST /people/<person_id>/leave": "O",
    "POST /people/<person_id>/occurrences": "O",
    "POST /people/<person_id>/occurrences/<int:number>/remove": "O",
    "GET /people/<person_id>/calendars": PEOPLE,
    "POST /people/<person_id>/calendars": PEOPLE,
    "POST /calendars/<int:number>/refresh": PEOPLE,
    "POST /calendars/<int:number>/switch": PEOPLE,
    "POST /calendars/<int:number>/remove": PEOPLE,
    "GET /units": ALL,
    "GET /units/<unit_id>/edit": "O",
    "POST /units/<unit_id>/edit": "O",
    "GET /rooms": ALL,
    "GET /rooms/<room_id>": ALL,
    "GET /rooms/new": "O",
    "POST /rooms/<room_id>/remove": "O",
    "GET /rules/edit": "O",
    "POST /rules/edit": "O",
    "GET /groups": ALL,
    "GET /groups/new": "O",
    "POST /groups": "O",
    "GET /groups/<group_id>/edit": "O",
    "POST /groups/<group_id>/edit": "O",
    "POST /groups/<group_id>/remove": "O",
    "GET /people/new": "O",
    "POST /people": "O",
    "POST /people/<person_id>/remove": "O",
    "GET /units/new": "O",
    "POST /units": "O",
    "POST /units/<unit_id>/remove": "O",
    "POST /rooms": "O",
    "GET /rooms/<room_id>/edit": "O",
    "POST /rooms/<room_id>/edit": "O",
    "GET /absences": "O",
    "GET /occurrences": "O",
    "POST /occurrences": "O",
    "POST /occurrences/<int:number>/partner": "O",
    "POST /occurrences/<int:number>/remove": "O",
    "POST /absences": "O",
    "POST /absences/<int:number>/remove": "O",
    "GET /progress": OVERSEERS,
    "GET /progress/urgent": OVERSEERS,
    "GET /visits": OVERSEERS,
    "POST /study/make-ups": "O",
    "POST /tasks/<task_id>/leader": "O",
    "GET /progress/conditions/<kind>": "O",
    "POST /progress/conditions/<kind>": "O",
    "GET /tasks": PEOPLE,
    "POST /tasks/<task_id>": PEOPLE,
    "GET /progress/<kind>/new": "O",
    "POST /progress/<kind>/new": "O",
    "POST /materials/team": "O",
    "GET /materials": PEOPLE,
    "POST /materials/<material_id>/steps": PEOPLE,
    "GET /opinions": OVERSEERS,
    "POST /opinions/<opinion_id>": "O",
    "GET /batches": OVERSEERS,
    "GET /frequencies": BRANCH_TOO,
    "POST /frequencies/<rule>/<subject>/<period>": "OB",
    "GET /bookings/<booking_id>/gate": OVERSEERS,
    "POST /bookings/<booking_id>/gate": "OP",
    "POST /bookings/<booking_id>/gate/after": "O",
    "POST /bookings/<booking_id>/gate/items/<item>": OVERSEERS,
    "GET /programme": BRANCH_TOO,
    "POST /programme/milestones/<key>": "O",
    "POST /programme/notice": "O",
    "POST /programme/quorum": "O",
    "POST /programme/swaps": "O",
    "POST /programme/vocabulary": "O",
    "GET /programme/workdays/<int:year>": BRANCH_TOO,
    "POST /programme/workdays/<int:year>": "O",
    "POST /programme/workdays/<int:year>/published": "O",
    "GET /programme/edit": "O",
    "POST /programme/edit": "O",
    "GET /start": "O",
    "POST /start/away": "O",
    "GET /import": "O",
    "GET /imports": "O",
    "POST /imports/<int:number>/undo": "O",
    "POST /import": "O",
    "POST /import/accept": "O",
    "POST /import/again": "O",
    "POST /import/what-if": "O",
    "GET /what-if": "O",
    "GET /load": PEOPLE,
    "GET /api/v1/load": PEOPLE,
    # Subscriptions
    "GET /subscribe/<token>": EVERYBODY,
    "GET /subscribe/<token>/calendar.ics": EVERYBODY,
    "GET /subscribe/<token>/talks/<booking_id>": EVERYBODY,
    "POST /subscribe/<token>/talks/<booking_id>": EVERYBODY,
    "POST /subscribe/<token>/proposals/<int:number>": EVERYBODY,
    "POST /subscribe/<token>/swaps/<int:number>": EVERYBODY,
    "POST /subscribe/<token>/own": EVERYBODY,
    "POST /subscribe/<token>/renew": EVERYBODY,
    "POST /subscribe/<token>/stop": EVERYBODY,
    "POST /subscribe/<token>/options": EVERYBODY,
    "POST /subscribe/<token>/devices": EVERYBODY,
    "POST /subscribe/<token>/devices/<feed_id>/stop": EVERYBODY,
    "GET /subscriptions": "OA",
    "POST /subscriptions": "O",
    "GET /subscriptions/<feed_id>": "O",
    "POST /subscriptions/<feed_id>": "O",
    "POST /subscriptions/<feed_id>/revoke": "OA",
    "POST /subscriptions/<feed_id>/rotate": "O",
    "POST /subscriptions/pages": "O",
    "POST /people/<person_id>/subscription": "O",
    # Oneself
    "POST /me/subscription": PEOPLE,
    "GET /me": PEOPLE,
    "GET /me/calendar.ics": PEOPLE,
    "GET /talks/<booking_id>/swap": PEOPLE,
    "POST /talks/<booking_id>/swap": PEOPLE,
    "POST /proposals/<int:number>/accept": BOOKERS,
    "POST /proposals/<int:number>/decline": BOOKERS,
    "POST /proposals/<int:number>/withdraw": BOOKERS,
    "POST /swaps/<int:number>/accept": PEOPLE,
    "POST /swaps/<int:number>/decline": PEOPLE,
    "POST /swaps/<int:number>/withdraw": PEOPLE,
    "POST /me/channel": PEOPLE,
    "GET /mail": "OA",
    "POST /mail/replies": "OA",
    "GET /go/<token>": EVERYBODY,
    "POST /go/<token>": EVERYBODY,
    "POST /me/devices": PEOPLE,
    "POST /me/feeds": PEOPLE,
    "POST /me/feeds/<feed_id>/rotate": PEOPLE,
    "POST /me/feeds/<feed_id>/revoke": PEOPLE,
    # Administration
    "GET /accounts": "A",
    "POST /accounts": "A",
    "POST /accounts/<name>/link": "A",
    "POST /accounts/<name>/role": "A",
    "POST /accounts/<name>/active": "A",
    "GET /journal": "OA",
}
"""Route → who is let in at all. What of it they see or change is for the verbs, and tested there."""

SENT_AWAY_LATER = {
    ("POST /bookings/<booking_id>/gate", "P"),  # may hold it as an exception, not confirm it
    ("GET /rules/preview", "B"),  # previews for the own branch only
    ("GET /talks/new", "P"),  # arranges own talks only, and this one names nobody
    ("GET /talks/new", "M"),
}
"""Let in by the route, and sent away by the verb when asked for nothing in particular."""


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Method, rule and endpoint of everything that can be asked."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.rule, rule.endpoint


def address(rule: str) -> str:
    """A path that the rule leads to, of things that are not there."""
    parts = rule.replace("<int:year>", "2014").replace("<int:number>", "999999").split("<")
    return parts[0] + "".join(f"nothing{part.partition('>')[2]}" for part in parts[1:])


@pytest.fixture
def visitors(app: Flask, organisation: Session) -> dict[str, FlaskClient]:
    """Somebody of every role."""
    return {
        letter: a_script(app, organisation, name, Role.ADMIN if letter == "A" else None)
        for letter, name in VISITORS.items()
    }


def test_every_route_declares_whom_it_is_for(app: Flask) -> None:
    undeclared = {route for *_, route in routes(app) if edge.policy_of(app.view_functions[route]) is None}

    assert undeclared == set()


def test_the_reviewed_table_is_the_whole_table(app: Flask) -> None:
    assert {f"{method} {rule}" for method, rule, _ in routes(app)} == set(REVIEWED)


def test_a_route_that_declares_nothing_is_closed(app: Flask, visitors: dict[str, FlaskClient]) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")

    for visitor in (app.test_client(), *visitors.values()):
        assert visitor.get("/forgotten").status_code == 403


def test_every_role_is_let_in_where_the_table_says_and_nowhere_else(
    app: Flask, visitors: dict[str, FlaskClient], record_property: Callable[[str, object], None]
) -> None:
    wrong = []
    record_property("answers", len(REVIEWED) * len(VISITORS))
    for method, rule, _ in sorted(routes(app)):
        allowed = REVIEWED[f"{method} {rule}"]
        for letter, visitor in visitors.items():
            status = visitor.open(address(rule), method=method).status_code
            if allowed == DEVICES:
                wrong += [(method, rule, letter, status)] if status != 401 else []
                continue
            is_closed = allowed != EVERYBODY and letter not in allowed
            is_closed = is_closed or (f"{method} {rule}", letter) in SENT_AWAY_LATER
            if is_closed != (status == 403) or status >= 500 or status == 401:
                wrong.append((method, rule, letter, status))
    assert wrong == []


def test_without_a_sign_in_only_public_routes_answer(
    app: Flask, record_property: Callable[[str, object], None]
) -> None:
    wrong = []
    record_property("answers", len(REVIEWED))
    stranger = app.test_client()
    for method, rule, _ in sorted(routes(app)):
        answer = stranger.open(address(rule), method=method, headers={"Authorization": "Bearer x"})
        is_sent_away = answer.status_code == 401 or "/sign-in?next=" in answer.headers.get("Location", "")
        if answer.status_code >= 500 or is_sent_away == (REVIEWED[f"{method} {rule}"] == EVERYBODY):
            wrong.append((method, rule, answer.status))
    assert wrong == []
