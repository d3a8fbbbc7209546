"""Who a booking is for: selectors such as `all_staff`, `branch:B1`, `observer:G` or `ext:kind`, resolved on the booking's day."""

from collections.abc import Collection, Iterable, Sequence

from scheduler.core.ground import grades
from scheduler.core.ground.bookings import Part, Participant
from scheduler.core.ground.guests import Guest
from scheduler.core.ground.ids import GroupId, PersonId
from scheduler.core.ground.people import SUPERVISION_GROUP, ExternalContact, Person, Roster

STAFF_CATEGORIES = frozenset({"leader", "senior", "head", "staff"})
"""Who counts as staff, besides those of whom no category is known; the retired and the supervision group do not."""
BRANCH, COMMITTEE, OBSERVER, EXTERNAL = "branch:", "committee:", "observer:", "ext:"


def participants(
    named: Sequence[PersonId], audience: Sequence[str], roster: Roster, host: PersonId | None = None
) -> tuple[Participant, ...]:
    """Everybody in a booking, each once: first those named one by one, then attendees, then observers; its host is always there.

    Whoever is named is not counted through a group; whoever attends is not an observer as well.
    """
    by_person = {person: Participant(person) for person in named}
    for part in (Part.ATTENDEE, Part.OBSERVER):
        for selector in audience:
            if (part is Part.OBSERVER) == selector.startswith(OBSERVER):
                for person in select(selector.removeprefix(OBSERVER), roster):
                    by_person.setdefault(person, Participant(person, part, is_named=False))
    if host:
        by_person.setdefault(host, Participant(host))
    return tuple(by_person.values())


def select(selector: str, roster: Roster) -> tuple[PersonId, ...]:
    """The people that one selector stands for, in rank order; nobody for outsiders and for what is unknown."""
    if selector in ("all_staff", "all_party", "retired"):
        return roster.in_rank_order(
            {person.id for person in roster.people.values() if _is_in(selector, person.id, roster)}
        )
    if grades.is_selector(selector):
        return roster.in_rank_order(
            {p.id for p in roster.people.values() if _is_in("all_staff", p.id, roster) and grades.holds(selector, p)}
        )
    if selector == "unit_heads":
        return roster.heads()
    if selector.startswith(COMMITTEE):
        group = roster.groups.get(GroupId(selector.removeprefix(COMMITTEE)))
        return roster.in_rank_order(group.committee) if group else ()
    return roster.members(selector.removeprefix(BRANCH))


def unknown(audience: Iterable[str], roster: Roster, contact_kinds: Collection[str]) -> list[str]:
    """The selectors that name nothing: no such group on that day, no such kind of external contact."""
    return [selector for selector in audience if not _is_known(selector.removeprefix(OBSERVER), roster, contact_kinds)]


def count(selector: str, roster: Roster, contacts: Iterable[ExternalContact]) -> int:
    """How many people one selector stands for, outsiders included."""
    return len(select(selector.removeprefix(OBSERVER), roster)) or external_count((selector,), contacts)


def empty(audience: Iterable[str], roster: Roster, contacts: Collection[ExternalContact]) -> list[str]:
    """The selectors that stand for nobody on that day."""
    return [selector for selector in audience if not count(selector, roster, contacts)]


def external_count(audience: Iterable[str], contacts: Iterable[ExternalContact]) -> int:
    """How many people from outside are invited: they take seats, but have no account and no feed."""
    kinds = {selector.removeprefix(EXTERNAL) for selector in audience if selector.startswith(EXTERNAL)}
    return sum(contact.kind in kinds for contact in contacts)


def outside_count(
    audience: Iterable[str],
    contacts: Iterable[ExternalContact],
    guests: Collection[Guest],
    people: Collection[PersonId],
) -> int:
    """How many seats people take besides those in a booking: guests by name, and contacts of whom nobody is named yet."""
    kinds = {selector.removeprefix(EXTERNAL) for selector in audience if selector.startswith(EXTERNAL)}
    invited = {contact.id for contact in contacts if contact.kind in kinds}
    return len(invited - {guest.contact for guest in guests}) + sum(guest.person not in people for guest in guests)


def _is_in(selector: str, person_id: PersonId, roster: Roster) -> bool:
    person = roster.people[person_id]
    if selector == "retired":
        return person.category == "retired"
    return _is_staff(person, roster) and (selector == "all_staff" or person.is_party_member)


def _is_staff(person: Person, roster: Roster) -> bool:
    """Whether somebody is of one of the categories of staff; without a category, unless sent by the level above."""
    if person.category:
        return person.category in STAFF_CATEGORIES
    sent = roster.groups.get(SUPERVISION_GROUP)
    return sent is None or person.id not in sent.members


def _is_known(selector: str, roster: Roster, contact_kinds: Collection[str]) -> bool:
    if selector.startswith(EXTERNAL):
        return selector.removeprefix(EXTERNAL) in contact_kinds
    if selector in ("all_staff", "all_party", "retired", "unit_heads") or grades.is_selector(selector):
        return True
    return GroupId(selector.removeprefix(BRANCH).removeprefix(COMMITTEE)) in roster.groups
