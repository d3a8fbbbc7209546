from datetime import date

import pytest
from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Phase, WindowEdge
from scheduler.core.organisation.facts import Subject
from scheduler.core.sessions.study import Attended
from scheduler.store import load, writing
from scheduler.store.imports import plain_facts

DAY = date(2014, 8, 1)
FACTS: list[tuple[Subject, str, dict[str, object], dict[str, object]]] = [
    (Subject.ROOM, "R99", {"name": "甲", "name_en": "A", "capacity": 4, "use": "talk"}, {"capacity": None}),
    (Subject.EXTERNAL_CONTACT, "u99", {"kind": "k", "name": "甲", "use": ""}, {"use": "意见"}),
    (Subject.WORKDAY, "2030-08-01", {"day": date(2030, 8, 1), "is_workday": False, "note": "节"}, {"is_workday": True}),
    (
        Subject.ABSENCE,
        "p01/2014-08-01/2014-08-02",
        {
            "person": "p01",
            "first": DAY,
            "last": date(2014, 8, 2),
            "reason": "出差",
            "only_weekdays": (1, 3),
            "only_from": "13:30",
            "only_to": "17:30",
        },
        {"only_weekdays": ()},
    ),
    (
        Subject.ATTENDANCE,
        "S01/p27",
        {"session": "S01", "person": "p27", "status": Attended.ABSENT, "makeup_date": None, "reason": ""},
        {"status": Attended.MADE_UP, "makeup_date": DAY},
    ),
]


@pytest.mark.parametrize(("subject", "key", "fields", "later"), FACTS, ids=[subject for subject, *_ in FACTS])
def test_a_fact_is_written_read_and_updated(
    sample_session: Session, subject: Subject, key: str, fields: dict[str, object], later: dict[str, object]
) -> None:
    session = sample_session
    writing.begin(session)

    plain_facts.save(session, subject, {key: fields}, {})
    first = plain_facts.existing(session, subject)[key]
    plain_facts.save(session, subject, {}, {key: {**fields, **later}})
    second = plain_facts.existing(session, subject)[key]

    assert {name: first[name] for name in fields} == fields
    assert {name: second[name] for name in fields} == {**fields, **later}


def test_new_facts_have_what_is_usual_where_nothing_is_said(session: Session) -> None:
    writing.begin(session)

    plain_facts.save(session, Subject.ROOM, {"R01": {"name": "甲"}}, {})

    assert plain_facts.existing(session, Subject.ROOM) == {
        "R01": {"id": "R01", "name": "甲", "name_en": "", "capacity": None, "use": "all"}
    }


def test_an_occurrence_is_known_by_all_it_says(sample_session: Session) -> None:
    writing.begin(sample_session)

    plain_facts.save(
        sample_session, Subject.OCCURRENCE, {"award/p27/2014-08-01": {"kind": "award", "person": "p27", "day": DAY}}, {}
    )

    assert list(plain_facts.existing(sample_session, Subject.OCCURRENCE)) == ["award/p27/2014-08-01"]


def test_years_are_published_and_withdrawn(session: Session) -> None:
    writing.begin(session)

    plain_facts.publish_years(session, {2030: "a.csv", 2031: "b.csv"})
    plain_facts.publish_years(session, {2030: "c.csv"})
    plain_facts.withdraw_year(session, 2031)

    assert plain_facts.year_sources(session) == {2030: "c.csv"}
    assert plain_facts.years_published(session) == {2030}


def test_organisation_is_as_usual_where_nothing_is_said(session: Session) -> None:
    assert plain_facts.organisation(session) is None
    writing.begin(session)

    plain_facts.save_organisation(session, {"name": "总工会"})
    plain_facts.save_organisation(session, {"lunch": None, "blocks": (("09:00", "12:00"),)})

    assert plain_facts.organisation(session) == (
        {"name": "总工会", "name_en": "", "zone": "Asia/Shanghai", "vocabulary": "zh-party"},
        {"blocks": (("09:00", "12:00"),), "lunch": None, "day_hours": 7.0},
    )


def test_a_campaign_is_written_as_its_fields_say(session: Session) -> None:
    fields: dict[str, object] = {
        "name": "活动",
        "starts": date(2014, 2, 26),
        "ends": date(2014, 11, 24),
        "phases": (Phase("ph1", "学习", date(2014, 2, 26), date(2014, 5, 31)),),
        "opens": WindowEdge(day=date(2014, 6, 16)),
        "closes": WindowEdge(before_milestone="meeting", workdays=3),
        "report_before_days": 15,
        "report_after_days": None,
        "signed_off_by": "team",
        "study_days": 7.0,
        "notice_workdays": 2,
        "milestone.meeting": date(2014, 8, 20),
        "list.extended_talks": (("p01", "p02"),),
    }
    writing.begin(session)

    plain_facts.save_campaign(session, "c1", fields)

    assert plain_facts.campaigns(session) == {"c1": fields}
    plain_facts.save_campaign(session, "c1", {"closes": WindowEdge(before_milestone="meeting", days=5), "phases": ()})
    plain_facts.set_milestone(session, "c1", "meeting", date(2014, 8, 27))
    session.flush()
    found = load.campaigns(session)[0]
    assert found.talk_window.closes == WindowEdge(before_milestone="meeting", days=5)
    assert found.talk_window.opens == WindowEdge(day=date(2014, 6, 16))
    assert (found.milestones, found.phases) == ({"meeting": date(2014, 8, 27)}, ())
