"""Who may do and see what: one policy table, default deny. Applied in services, so that all doors agree."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.core.ground.bookings import Booking
from scheduler.core.ground.errors import NotAllowed
from scheduler.core.ground.ids import GroupId, PersonId


class Role(StrEnum):
    """What somebody is here to do. Roles come from facts (org chart) and from the account; one may have several."""

    OPERATOR = "operator"
    """Whoever runs the command line on the server: everything, noted in the journal."""
    ADMIN = "admin"
    ORGANIZER = "organizer"
    BRANCH_ORGANIZER = "branch_organizer"
    PRINCIPAL = "principal"
    SUPERVISOR = "supervisor"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks."""

    person: PersonId | None
    roles: frozenset[Role]
    branches: frozenset[GroupId] = frozenset()
    """The branches a branch organizer answers for."""
    branch_members: frozenset[PersonId] = frozenset()
    """The members of these branches on the day of asking."""
    account: str = ""
    """The account's name, for the journal; `operator` on the command line."""

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is theirs."""
        return bool(self.roles.intersection(roles))

    @property
    def arranges_all(self) -> bool:
        """Whether they book for everybody and may know everything that is recorded."""
        return self.has(Role.OPERATOR, Role.ORGANIZER)

    @property
    def sees_all(self) -> bool:
        """Whether they may know of every booking."""
        return self.has(Role.OPERATOR, Role.ORGANIZER, Role.PRINCIPAL, Role.SUPERVISOR)


NOBODY = Actor(None, frozenset())
"""Somebody who has not signed in."""
OPERATOR = Actor(None, frozenset({Role.OPERATOR}), account="operator")


class Action(StrEnum):
    """What can be done. `POLICY` says who may; an action that is missing there is denied to everybody."""

    SEE_ORGANISATION = "see_organisation"
    """People, units, groups, rooms: names and posts."""
    EDIT_ORGANISATION = "edit_organisation"
    IMPORT = "import"
    SEE_PLANS = "see_plans"
    """Runs of the planner and draft plans; branch organizers: those of their branches."""
    ARRANGE = "arrange"
    """Ask the planner; change, release and discard draft plans; branch organizers: for their branches."""
    SEE_COVERAGE = "see_coverage"
    SEE_OWN_ROW = "see_own_row"
    SEE_LEDGER = "see_ledger"
    SEE_RULES = "see_rules"
    EDIT_RULES = "edit_rules"
    SEE_STUDY = "see_study"
    EDIT_ATTENDANCE = "edit_attendance"
    """Who was at a booking; branch organizers: where only people of their branches are expected."""
    BOOK = "book"
    """Anything for anybody."""
    BOOK_IN_BRANCH = "book_in_branch"
    """For people of the own branch only."""
    BOOK_OWN_TALK = "book_own_talk"
    """A talk of two people, oneself being one."""
    SWAP_OWN_TALK = "swap_own_talk"
    """Propose another time for a talk that oneself is in, and agree to one."""
    CONFIRM_FOR_ALL = "confirm_for_all"
    CONFIRM_OWN = "confirm_own"
    SEE_ABSENCES = "see_absences"
    EDIT_ABSENCES = "edit_absences"
    SEE_OCCURRENCES = "see_occurrences"
    EDIT_OCCURRENCES = "edit_occurrences"
    EDIT_PROGRAMME = "edit_programme"
    """Milestones, phases, working time, the workday table; materials, opinions, tasks, training and gates."""
    SEE_PROGRAMME = "see_programme"
    """What a campaign asks besides talks and study, and how far it is; everybody sees what concerns themselves."""
    OVERRIDE_GATE = "override_gate"
    """Let a meeting be held although something is missing."""
    SEE_FEEDS = "see_feeds"
    EDIT_FEEDS = "edit_feeds"
    """Issue feeds and pages for anybody, whose addresses one sees with that."""
    OPERATE_FEEDS = "operate_feeds"
    """End feeds and pages, put in answers that came by mail, try the mail server."""
    EDIT_OWN_FEED = "edit_own_feed"
    EDIT_CALENDARS = "edit_calendars"
    """Calendars that others keep elsewhere: when they are busy, and nothing else."""
    EDIT_OWN_CALENDARS = "edit_own_calendars"
    EDIT_ACCOUNTS = "edit_accounts"
    SEE_JOURNAL = "see_journal"


_EVERYBODY = frozenset(Role)
_ARRANGERS = frozenset({Role.OPERATOR, Role.ORGANIZER})
_OVERSEERS = _ARRANGERS | {Role.PRINCIPAL, Role.SUPERVISOR}
_WITH_A_PERSON = _EVERYBODY - {Role.OPERATOR, Role.ADMIN}

POLICY: dict[Action, frozenset[Role]] = {
    Action.SEE_ORGANISATION: _EVERYBODY,
    Action.EDIT_ORGANISATION: _ARRANGERS,
    Action.IMPORT: _ARRANGERS,
    Action.SEE_PLANS: _OVERSEERS | {Role.BRANCH_ORGANIZER},
    Action.ARRANGE: _ARRANGERS | {Role.BRANCH_ORGANIZER},
    Action.SEE_COVERAGE: _OVERSEERS | {Role.BRANCH_ORGANIZER},
    Action.SEE_OWN_ROW: _WITH_A_PERSON,
    Action.SEE_LEDGER: _OVERSEERS | {Role.BRANCH_ORGANIZER},
    Action.SEE_RULES: _OVERSEERS | {Role.BRANCH_ORGANIZER},
    Action.EDIT_RULES: _ARRANGERS,
    Action.SEE_STUDY: _OVERSEERS,
    Action.EDIT_ATTENDANCE: _ARRANGERS | {Role.BRANCH_ORGANIZER},
    Action.BOOK: _ARRANGERS,
    Action.BOOK_IN_BRANCH: frozenset({Role.BRANCH_ORGANIZER}),
    Action.BOOK_OWN_TALK: frozenset({Role.MEMBER, Role.PRINCIPAL, Role.BRANCH_ORGANIZER}),
    Action.SWAP_OWN_TALK: _WITH_A_PERSON,
    Action.CONFIRM_FOR_ALL: _ARRANGERS,
    Action.CONFIRM_OWN: _WITH_A_PERSON,
    Action.SEE_ABSENCES: _ARRANGERS,
    Action.EDIT_ABSENCES: _ARRANGERS,
    Action.SEE_OCCURRENCES: _ARRANGERS,
    Action.EDIT_OCCURRENCES: _ARRANGERS,
    Action.EDIT_PROGRAMME: _ARRANGERS,
    Action.SEE_PROGRAMME: _OVERSEERS,
    Action.OVERRIDE_GATE: _ARRANGERS | {Role.PRINCIPAL},
    Action.SEE_FEEDS: _ARRANGERS | {Role.ADMIN},
    Action.EDIT_FEEDS: _ARRANGERS,
    Action.OPERATE_FEEDS: _ARRANGERS | {Role.ADMIN},
    Action.EDIT_OWN_FEED: _WITH_A_PERSON,
    Action.EDIT_CALENDARS: _ARRANGERS,
    Action.EDIT_OWN_CALENDARS: _WITH_A_PERSON,
    Action.EDIT_ACCOUNTS: frozenset({Role.OPERATOR, Role.ADMIN}),
    Action.SEE_JOURNAL: _ARRANGERS | {Role.ADMIN},
}


def may(actor: Actor, action: Action) -> bool:
    """Whether somebody may do a thing at all; what of it they see is for `visibility` and the services."""
    return bool(actor.roles & POLICY.get(action, frozenset()))


def require(actor: Actor, *actions: Action) -> None:
    """Raise NotAllowed unless one of these actions is theirs."""
    if not any(may(actor, action) for action in actions):
        raise NotAllowed(actions[0])


def may_see_booking(actor: Actor, booking: Booking) -> bool:
    """Whether somebody may know what a booking is; otherwise it shows as busy (占用).

    Organizers, the principal and supervisors see all; everybody sees what they are in; a branch organizer sees
    what concerns only people of the own branch; a member sees nobody else's talk. Meetings that a viewer is not
    in are busy as well: their titles can tell too much.
    """
    if actor.sees_all:
        return True
    if actor.person and actor.person in booking.people:
        return True
    return actor.has(Role.BRANCH_ORGANIZER) and bool(booking.people) and actor.branch_members.issuperset(booking.people)
