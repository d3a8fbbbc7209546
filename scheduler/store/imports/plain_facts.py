"""Facts that have no history: rooms, contacts, workdays, absences, occurrences, attendance, and the programme."""

from collections.abc import Mapping

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from scheduler.core.campaigns.definitions import Campaign, WindowEdge
from scheduler.core.organisation.facts import Subject
from scheduler.core.sessions.study import Attended
from scheduler.store.bookings import allocations
from scheduler.store.bookings.rows import AttendanceRow
from scheduler.store.campaigns import load
from scheduler.store.campaigns import save as save_campaigns
from scheduler.store.campaigns.rows import (
    CampaignRow,
    MilestoneRow,
    OccurrenceRow,
    PhaseRow,
    StudyExemptionRow,
    StudyTargetRow,
)
from scheduler.store.imports.plain import Plain
from scheduler.store.imports.records import RECORDS
from scheduler.store.mail.rows import MailContactRow
from scheduler.store.organisation.rows import (
    AbsenceRow,
    ExternalContactRow,
    OrganisationRow,
    RoomRow,
    WorkdayRow,
    WorkdayYearRow,
)
from scheduler.store.upserts import portions, table_of, upsert

Fields = Mapping[str, object]


PLAIN = {
    Subject.MAIL_CONTACT: Plain(
        MailContactRow, {"person": "person_id", "address": "address"}, ("person",), {"address": ""}
    ),
    Subject.ROOM: Plain(
        RoomRow,
        {"id": "id", "name": "name", "name_en": "name_en", "capacity": "capacity", "use": "use"},
        ("id",),
        {"name_en": "", "capacity": None, "use": "all"},
        "id",
    ),
    Subject.EXTERNAL_CONTACT: Plain(
        ExternalContactRow, {"id": "id", "kind": "kind", "name": "name", "use": "use"}, ("id",), {"use": ""}, "id"
    ),
    Subject.WORKDAY: Plain(
        WorkdayRow, {"day": "day", "is_workday": "is_workday", "note": "note"}, ("day",), {"note": ""}
    ),
    Subject.ABSENCE: Plain(
        AbsenceRow,
        {
            "person": "person_id", "first": "first", "last": "last", "reason": "reason",
            "only_weekdays": "only_weekdays", "only_from": "only_from", "only_to": "only_to",
        },
        ("person", "first", "last"),
        {"reason": "", "only_weekdays": (), "only_from": "", "only_to": ""},
    ),
    Subject.OCCURRENCE: Plain(
        OccurrenceRow, {"kind": "kind", "person": "person_id", "day": "day"}, ("kind", "person", "day"), {}
    ),
    Subject.ATTENDANCE: Plain(
        AttendanceRow,
        {
            "session": "booking_id", "person": "person_id", "status": "status", "makeup_date": "makeup_date",
            "reason": "reason",
        },
        ("session", "person"),
        {"makeup_date": None, "reason": ""},
    ),
    Subject.STUDY_TARGET: Plain(
        StudyTargetRow,
        {
            "id": "id", "campaign": "campaign_id", "audience": "audience", "minus": "minus", "hours": "hours",
            "from": "first", "by": "last", "pro_rata": "is_pro_rata",
        },
        ("id",),
        {"campaign": None, "minus": (), "pro_rata": False},
        "id",
    ),
    Subject.STUDY_EXEMPTION: Plain(
        StudyExemptionRow,
        {
            "target": "target_id", "person": "person_id", "hours": "hours", "reason": "reason", "by": "by_id",
            "date": "day",
        },
        ("target", "person"),
        {"reason": "", "by": None, "date": None},
    ),
    **RECORDS,
}  # fmt: skip


def existing(session: Session, subject: Subject) -> dict[str, dict[str, object]]:
    """All facts of one kind that stand, by key."""
    plain = PLAIN[subject]
    table = table_of(plain.row)
    query = select(*(table.c[column].label(field) for field, column in plain.columns.items()))
    rows = ({field: _out(value) for field, value in row.items()} for row in session.execute(query).mappings())
    facts = {"/".join(str(fact[field]) for field in plain.key): fact for fact in rows}
    if subject is Subject.ATTENDANCE:
        for fact in facts.values():
            fact["status"] = Attended(str(fact["status"]))
    return facts


def _out(value: object) -> object:
    """A value as core has it: lists are tuples."""
    return tuple(value) if isinstance(value, list) else value


def _in(value: object) -> object:
    """A value as a row has it."""
    return list(value) if isinstance(value, tuple) else value


def save(session: Session, subject: Subject, created: Mapping[str, Fields], updated: Mapping[str, Fields]) -> None:
    """Write facts of one kind; those that are updated come with all their fields."""
    plain = PLAIN[subject]
    table = table_of(plain.row)
    new = [_row(plain, {**plain.defaults, **_with_id(plain, key, fields)}) for key, fields in created.items()]
    if new:
        session.execute(insert(table), new)
    old = [
        {f"old_{column}": value for column, value in _row(plain, _with_id(plain, key, fields)).items()}
        for key, fields in updated.items()
    ]
    if old:
        keys = [plain.columns[field] for field in plain.key]
        others = [column for column in plain.columns.values() if column not in keys]
        here = and_(*(table.c[column] == bindparam(f"old_{column}") for column in keys))
        session.execute(update(table).where(here).values({c: bindparam(f"old_{c}") for c in others}), old)


def _with_id(plain: Plain, key: str, fields: Fields) -> Fields:
    return {plain.id_field: key, **fields} if plain.id_field else fields


def _row(plain: Plain, fields: Fields) -> dict[str, object]:
    return {column: _in(fields[field]) for field, column in plain.columns.items()}


def years_published(session: Session) -> set[int]:
    """The years whose holidays are published."""
    return set(year_sources(session))


def year_sources(session: Session) -> dict[int, str]:
    """The years whose holidays are published, and where that is known from."""
    row = WorkdayYearRow
    return {year: source for year, source in session.execute(select(row.year, row.source))}  # noqa: C416 - typed rows


def publish_years(session: Session, sources: Mapping[int, str]) -> None:
    """Note that the holidays of these years are published, and where that is known from."""
    rows: list[dict[str, object]] = [{"year": year, "source": source} for year, source in sorted(sources.items())]
    for portion in portions(rows):
        given = upsert(session, WorkdayYearRow).values(portion)
        session.execute(given.on_conflict_do_update(index_elements=["year"], set_={"source": given.excluded.source}))


def withdraw_year(session: Session, year: int) -> None:
    """Note that the holidays of a year are not published after all; the days that are named stay."""
    session.execute(delete(table_of(WorkdayYearRow)).where(table_of(WorkdayYearRow).c.year == year))


# ── The organisation and its campaign ────────────────────────────────────────────────────────────────────────────────
def organisation(session: Session) -> tuple[dict[str, object], dict[str, object]] | None:
    """What the organisation is called, and its working time; None before anything is known of it."""
    row = session.scalars(select(OrganisationRow)).first()
    if row is None:
        return None
    names: dict[str, object] = {
        "name": row.name,
        "name_en": row.name_en,
        "zone": row.zone,
        "vocabulary": row.vocabulary,
    }
    hours: dict[str, object] = {
        "blocks": tuple(tuple(block) for block in row.blocks),
        "lunch": tuple(row.lunch) if row.lunch else None,
        "day_hours": row.day_hours,
    }
    return names, hours


def save_organisation(session: Session, fields: Fields) -> None:
    """Write what is said of the organisation and its working time; what is not said stays, or is as usual."""
    values = {key: _listed(value) for key, value in fields.items()}
    row = session.scalars(select(OrganisationRow)).first()
    if row is None:
        usual = {"blocks": [["08:30", "11:30"], ["13:30", "17:30"]], "lunch": ["11:30", "13:30"]}
        session.add(OrganisationRow(id=1, **{**usual, **values}))
    else:
        for key, value in values.items():
            setattr(row, key, value)
    session.flush()
    if row is not None and "blocks" in values:
        allocations.write_again(session)


def _listed(value: object) -> object:
    """Tuples within tuples as lists within lists."""
    return [_listed(part) for part in value] if isinstance(value, tuple) else value


def campaign_fields(campaign: Campaign) -> dict[str, object]:
    """A campaign as fields: milestones and lists stand one by one, so that files can say some of them."""
    fields: dict[str, object] = {
        "name": campaign.name,
        "starts": campaign.starts,
        "ends": campaign.ends,
        "phases": campaign.phases,
        "opens": campaign.talk_window.opens,
        "closes": campaign.talk_window.closes,
        "report_before_days": campaign.report_before_days,
        "report_after_days": campaign.report_after_days,
        "signed_off_by": campaign.signed_off_by,
        "study_days": campaign.study_days,
        "notice_workdays": campaign.notice_workdays,
    }
    fields |= {f"milestone.{key}": day for key, day in campaign.milestones.items()}
    return fields | {f"list.{name}": pairs for name, pairs in campaign.lists.items()}


def campaigns(session: Session) -> dict[str, dict[str, object]]:
    """The campaigns that stand, by id."""
    return {campaign.id: campaign_fields(campaign) for campaign in load.campaigns(session)}


_SAID_PLAINLY = (
    "name", "starts", "ends", "report_before_days", "report_after_days", "signed_off_by", "study_days",
    "notice_workdays",
)  # fmt: skip


def save_campaign(session: Session, campaign_id: str, fields: Fields) -> None:
    """Write a campaign as these fields say; for a new one they must say its name and its days."""
    row = session.get(CampaignRow, campaign_id)
    if row is None:
        row = save_campaigns.new_row(session, campaign_id)
    for key in _SAID_PLAINLY:
        if key in fields:
            setattr(row, key, fields[key])
    edges = {key: _edge(fields[key]) for key in ("opens", "closes") if key in fields}
    row.talk_window = {**row.talk_window, **edges}
    row.lists = {**row.lists, **{name: _pairs(value) for name, value in _named(fields, "list.")}}
    session.flush()
    for key, day in _named(fields, "milestone."):
        set_milestone(session, campaign_id, key, day)
    if "phases" in fields:
        _save_phases(session, campaign_id, fields["phases"])


def _named(fields: Fields, prefix: str) -> list[tuple[str, object]]:
    """The fields whose names begin so, without the prefix."""
    return [(key.removeprefix(prefix), value) for key, value in fields.items() if key.startswith(prefix)]


def _pairs(value: object) -> list[list[str]]:
    return [list(pair) for pair in value] if isinstance(value, tuple) else []


def _edge(edge: object) -> dict[str, object]:
    """One end of a window as its row keeps it."""
    if not isinstance(edge, WindowEdge):
        return {}
    if edge.day:
        return {"day": edge.day.isoformat()}
    counted: dict[str, object] = {"days": edge.days} if edge.workdays is None else {"workdays": edge.workdays}
    return {"before_milestone": edge.before_milestone, **counted}


def set_milestone(session: Session, campaign_id: str, key: str, day: object) -> None:
    """Write the day of a milestone."""
    given = upsert(session, MilestoneRow).values(campaign_id=campaign_id, key=key, day=day)
    session.execute(
        given.on_conflict_do_update(index_elements=["campaign_id", "key"], set_={"day": given.excluded.day})
    )


def _save_phases(session: Session, campaign_id: str, phases: object) -> None:
    """Write the phases of a campaign in place of those that stand."""
    table = table_of(PhaseRow)
    session.execute(delete(table).where(table.c.campaign_id == campaign_id))
    rows = [
        {"campaign_id": campaign_id, "id": p.id, "name": p.name, "first": p.first, "last": p.last}
        for p in (phases if isinstance(phases, tuple) else ())
    ]
    if rows:
        session.execute(insert(table), rows)
