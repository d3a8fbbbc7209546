"""What an import wrote, row by row in every table of facts, and how it is taken back.

Rows are told apart by what they say: numbers that the database gives do not count, for a history is written anew whenever it changes.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, Table, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.ids import BookingId
from scheduler.store.base import Base
from scheduler.store.bookings import load
from scheduler.store.mail.rows import MailNewsRow
from scheduler.store.operations.former import plain_value, typed_value
from scheduler.store.upserts import portions, table_of

NOT_FACTS = frozenset(
    {
        "account", "arrival", "calendar_revision", "chat_robot", "chat_told", "counter", "draft_placement", "draft_plan", "feed", "feed_body", "feed_entry", "feed_fetch", "former_fact", "guest_arrival", "header_reading",
        "heartbeat", "idempotency", "import", "invitation_reply", "journal", "mail_link", "mail_message", "mail_news", "outside_busy",
        "outside_calendar", "password_link", "plan_run", "rule_set", "sign_in", "subscription_page", "swap_proposal", "swap_rule",
        "talk_proposal",
    }
)  # fmt: skip
"""Tables that no import writes facts into."""
OF_BOOKINGS = frozenset({"participant", "allocation"})
"""Tables that follow the bookings."""
IDENTITIES = frozenset({"person", "unit", "people_group"})
"""Tables of nothing but ids, which go last."""
Row = dict[str, Any]
Content = dict[str, Counter[str]]
"""By table, what its rows say."""
Written = Mapping[str, Mapping[str, list[Row]]]
"""By table: rows that were there before (`gone`), and rows that came (`new`)."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """What a row is about, as the journal calls such things, and its name if one is known."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Referring:
    """Rows of a table that refer to something by its id: how many there are, and of which bookings."""

    key: str
    table: str
    count: int
    bookings: tuple[str, ...] = ()


NamedElsewhere = Callable[[Session, str, list[str]], Iterable[tuple[str, str, int]]]
"""What refers to rows of a table by ids without a foreign key: id, table, how often."""


def tables() -> list[Table]:
    """The tables of facts, those first that others refer to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in NOT_FACTS]


def content(session: Session, names: Collection[str] | None = None) -> Content:
    """What stands in the tables of facts; of all, or of some by name."""
    session.flush()
    return {
        table.name: Counter(_encoded(table, row) for row in session.execute(select(*_columns(table))).mappings())
        for table in tables()
        if names is None or table.name in names
    }


def difference(before: Content, after: Content) -> Written:
    """What came and what went between two moments."""
    both = {
        name: {"gone": rows_of(before[name] - after[name]), "new": rows_of(after[name] - before[name])}
        for name in after
    }
    return {name: parts for name, parts in both.items() if parts["gone"] or parts["new"]}


def rows_of(counted: Counter[str]) -> list[Row]:
    """Rows as values again."""
    return [json.loads(text) for text in counted.elements()]


def _columns(table: Table) -> list[Column[Any]]:
    """The columns that say something: a number that only the database gives says nothing."""
    return [column for column in table.columns if not _is_number(column)]


def _is_number(column: Column[Any]) -> bool:
    is_key = column.primary_key and len(column.table.primary_key) == 1
    return is_key and column.name == "id" and isinstance(column.type, Integer) and column.table.name != "organisation"


def _encoded(table: Table, row: Mapping[Any, Any]) -> str:
    return json.dumps({c.name: plain_value(row[c.name]) for c in _columns(table)}, ensure_ascii=False, sort_keys=True)


def _typed(table: Table, row: Row) -> Row:
    """A row as the database takes it."""
    return {name: typed_value(table.c[name], value) for name, value in row.items()}


# ── what stands in the way ───────────────────────────────────────────────────────────────────────────────────────────
def subject_of(row: Row, names: Mapping[str, str]) -> Concerned:
    """What a row is about: a person, a unit, a group, a booking, or whatever it is itself."""
    for column in ("person_id", "unit_id", "group_id", "booking_id", "id", "campaign_id", "day", "key"):
        if key := row.get(column):
            return Concerned(str(key), names.get(str(key), ""))
    return Concerned("")


def names_in(written: Written) -> dict[str, str]:
    """The names that the rows of an import give, by id."""
    said = (row for parts in written.values() for row in (*parts["gone"], *parts["new"]) if row.get("name"))
    return {subject_of(row, {}).key: str(row["name"]) for row in said}


def changed_since(session: Session, written: Written) -> Iterator[tuple[str, Row]]:
    """Rows that the import wrote and that do not stand any more as it left them: table and row."""
    stands = content(session, written.keys())
    for name, parts in written.items():
        if name in OF_BOOKINGS:
            continue
        here = next(table for table in tables() if table.name == name)
        missing = Counter(_encoded(here, row) for row in parts["new"]) - stands[name]
        yield from ((name, json.loads(text)) for text in missing)


def new_bookings(written: Written) -> list[BookingId]:
    """The bookings that the import brought."""
    parts = written.get("booking", {"gone": [], "new": []})
    return sorted({BookingId(row["id"]) for row in parts["new"]} - {row["id"] for row in parts["gone"]})


def changed_bookings(written: Written) -> list[BookingId]:
    """The bookings that stood before and that the import itself changed; that audiences followed the people is no change."""
    parts = written.get("booking", {"gone": [], "new": []})
    before = {row["id"]: row for row in parts["gone"]}
    said = (
        "starts_at",
        "ends_at",
        "room_id",
        "title",
        "audience",
        "host_id",
        "agenda",
        "remark",
        "link",
        "mode",
        "size",
        "is_held",
        "is_cancelled",
        "is_awaiting",
    )
    changed = {
        row["id"] for row in parts["new"] if row["id"] in before and any(row[c] != before[row["id"]][c] for c in said)
    }
    people = written.get("participant", {"gone": [], "new": []})
    new = new_bookings(written)
    named = {row["booking_id"] for side in ("gone", "new") for row in people[side] if row["is_named"]}
    return sorted(map(BookingId, changed | named.difference(new)))


def former_bookings(session: Session, written: Written, changed: Collection[BookingId]) -> list[Booking]:
    """Bookings that the import changed, as they stood before; nothing of it is written."""
    with session.begin_nested() as attempt:
        for name, column in (("participant", "booking_id"), ("booking", "id")):
            table = Base.metadata.tables[name]
            parts = written.get(name, {"gone": [], "new": []})
            gone, new = ([row for row in parts[side] if row[column] in changed] for side in ("gone", "new"))
            if name == "booking":
                for row in gone:
                    session.execute(update(table).where(table.c.id == row["id"]).values(_typed(table, row)))
                continue
            _delete(session, table, new)
            if gone:
                session.execute(insert(table), [_typed(table, row) for row in gone])
        stood = load.bookings(session, ids=changed)
        attempt.rollback()
    return stood


# ── taking it back ───────────────────────────────────────────────────────────────────────────────────────────────────
def put_back(session: Session, written: Written, elsewhere: NamedElsewhere) -> list[Referring]:
    """Put every row back as it was before, but leave the identities of people, units and groups until `end`: audiences follow first.

    What still refers to a row that goes is told (key, what): then nothing may stay.
    """
    written = _without_followers(written)
    hanging: list[Referring] = []
    for table in reversed(tables()):
        if table.name not in IDENTITIES:
            hanging += _deleted(session, table, _sides(table, written)[1], elsewhere)
    if hanging:
        return hanging
    for table in tables():
        gone, _, changed = _sides(table, written)
        if gone:
            session.execute(insert(table), [_typed(table, row) for row in gone])
        for row in changed:
            here = and_(*(column == typed_value(column, row[column.name]) for column in table.primary_key))
            session.execute(update(table).where(here).values(_typed(table, row)))
    return []


def end(session: Session, written: Written, elsewhere: NamedElsewhere) -> list[Referring]:
    """Take the identities away that an import brought; or tell what refers to them."""
    return [
        told
        for table in reversed(tables())
        if table.name in IDENTITIES
        for told in _deleted(session, table, _sides(table, written)[1], elsewhere)
    ]


def _deleted(session: Session, table: Table, rows: list[Row], elsewhere: NamedElsewhere) -> list[Referring]:
    """Take rows of a table away, unless something refers to any of them: that is told."""
    keys = [str(row[column.name]) for column in _only_key(table) for row in rows]
    hanging = list(_hanging_on(session, table, keys))
    hanging += [Referring(*named) for named in elsewhere(session, table.name, keys)] if keys else []
    if not hanging:
        _delete(session, table, rows)
    return hanging


def _without_followers(written: Written) -> Written:
    """The same without what audiences made of bookings that stood before: they follow the people by themselves."""
    stood = {row["id"] for row in written.get("booking", {"gone": []})["gone"]}
    came = {row["id"] for row in written.get("booking", {"new": []})["new"]} - stood

    def kept(name: str, rows: list[Row]) -> list[Row]:
        if name == "booking":
            return [row for row in rows if row["id"] in came]
        return [row for row in rows if row["booking_id"] in came] if name in OF_BOOKINGS else rows

    return {name: {side: kept(name, rows) for side, rows in parts.items()} for name, parts in written.items()}


def _sides(table: Table, written: Written) -> tuple[list[Row], list[Row], list[Row]]:
    """Of one table: rows to put back, rows to take away, and rows that are to say again what they said."""
    parts = written.get(table.name)
    if parts is None:
        return [], [], []
    keys = [column.name for column in table.primary_key if not _is_number(column)]
    if not keys:
        return parts["gone"], parts["new"], []
    before = {tuple(row[key] for key in keys): row for row in parts["gone"]}
    after = {tuple(row[key] for key in keys): row for row in parts["new"]}
    back = [row for key, row in before.items() if key not in after]
    return (
        back,
        [row for key, row in after.items() if key not in before],
        [before[key] for key in before if key in after],
    )


def _only_key(table: Table) -> list[Column[Any]]:
    """The one column that others refer to a row by; none if its key is several, or a number."""
    keys = list(table.primary_key)
    return keys if len(keys) == 1 and not _is_number(keys[0]) else []


def _hanging_on(session: Session, table: Table, keys: list[str]) -> Iterator[Referring]:
    """What refers to rows of a table that are to go."""
    if not keys:
        return
    if table.name in ("booking", "person"):
        _forget_unsent_news(session, f"{table.name}_id", keys)
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            if any(reference.column.table is table for reference in column.foreign_keys):
                for portion in portions(keys):
                    query = select(column, func.count()).where(column.in_(portion)).group_by(column).order_by(column)
                    for key, count in session.execute(query):
                        yield Referring(key, other.name, count, _bookings(session, other, column, key))


def _forget_unsent_news(session: Session, column: str, keys: list[str]) -> None:
    """Let nobody be told of bookings that go, nor those who go of any."""
    news = table_of(MailNewsRow)
    for portion in portions(keys):
        session.execute(delete(news).where(news.c[column].in_(portion), news.c.message_id.is_(None)))


def _bookings(session: Session, table: Table, column: Column[Any], key: str) -> tuple[str, ...]:
    """The bookings among the rows of a table that refer to something."""
    which = table.c["id"] if table.name == "booking" else table.c.get("booking_id")
    if which is None:
        return ()
    return tuple(session.scalars(select(which).where(column == key, which.is_not(None)).distinct().order_by(which)))


def _delete(session: Session, table: Table, rows: Iterable[Row]) -> None:
    """Take rows away: by their key, or by all that they say."""
    keys = [column for column in table.primary_key if not _is_number(column)]
    if keys:
        for row in rows:
            here = and_(*(column == typed_value(column, row[column.name]) for column in keys))
            session.execute(delete(table).where(here))
        return
    counted = Counter(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    if not counted:
        return
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for standing in session.execute(select(table)).mappings():
        numbers[_encoded(table, standing)].append(standing["id"])
    gone = [number for text, count in counted.items() for number in numbers[text][:count]]
    for portion in portions(gone):
        session.execute(delete(table).where(table.c["id"].in_(portion)))
