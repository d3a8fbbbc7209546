"""What the form of a booking offers: kinds, people, audiences, rooms, rule sets, as far as the visitor may book."""

from dataclasses import dataclass, field

from flask import url_for

from scheduler import edge, wording
from scheduler.core.bookings import own_limits
from scheduler.core.feeds.visibility import SeenBooking
from scheduler.core.ground import access, audiences, grades
from scheduler.core.ground.access import Action
from scheduler.core.ground.bookings import OFF_SITE, STUDIED_KINDS, Kind, Mode, usual_minutes
from scheduler.core.ground.ids import PersonId
from scheduler.services.bookings import milestones
from scheduler.services.organisation import people as people_service
from scheduler.services.sessions.series_changes import SeriesScope
from scheduler.web.bookings.lines import kind_choices
from scheduler.web.page import facts, seen_campaign
from scheduler.web.page.facts import Choice, PersonOption
from scheduler.web.page.fields import Fields
from scheduler.web.page.names import Names
from scheduler.web.page.texts import _, ngettext

TALKERS = 2
Ticked = tuple[str, str, str]
"""A value, what people read for it, and a note."""


@dataclass(frozen=True, slots=True)
class BookingForm:
    """What the form of a booking prints besides the values of its fields."""

    heading: str
    lead: str
    action: str
    check: str
    times: str
    """Where the button that finds a time leads."""
    submit: str
    back: str
    is_new: bool
    rooms: list[tuple[str, list[Choice]]]
    people_options: list[PersonOption]
    is_talk: bool = True
    usual_minutes: str = ""
    """How long each kind usually is, for scripts: `talk:45 meeting:120 …`."""
    next: str = ""
    version: int = 0
    kinds: list[Choice] = field(default_factory=list)
    rule_sets: list[Choice] = field(default_factory=list)
    modes: list[Choice] = field(default_factory=list)
    audiences: list[Ticked] = field(default_factory=list)
    talkers: list[str] = field(default_factory=list)
    me: str = ""
    me_name: str = ""
    people: list[Ticked] = field(default_factory=list)
    may_change_people: bool = False
    scopes: list[Ticked] = field(default_factory=list)
    """How much of a series a change may be meant for."""
    hours_of_time: str = ""
    """The study hours that its time makes; empty for what counts none."""
    milestone: str = ""
    """The milestone, with its day, that moves along unless it is said not to."""


def new_form(fields: Fields, names: Names) -> BookingForm:
    """The form of a new booking, as far as the visitor may book."""
    actor, own_only = edge.actor(), own_talk_only()
    typed = [text for text in fields.values.getlist("people") if text]
    me = actor.person if own_only else None
    if me:
        typed = [text for text in typed if text != me]
    talkers = [_as_name(text, names) for text in typed] + [""] * TALKERS
    chosen = fields.typed("rule_set")
    campaign = next((a.campaign for a in facts.rule_sets() if a.id == chosen), seen_campaign.id_on(facts.today()))
    applied = facts.rule_sets_of(campaign)
    in_branch = not access.may(actor, Action.BOOK) and access.may(actor, Action.BOOK_IN_BRANCH)
    options = facts.person_options(
        names, {*actor.branch_members, *((actor.person,) if actor.person else ())} if in_branch else None
    )
    return BookingForm(
        heading=_heading(fields.typed("kind")),
        usual_minutes=" ".join(f"{kind}:{usual_minutes(kind)}" for kind in Kind),
        lead=_lead(fields, own_only=own_only),
        action=url_for("bookings.create_booking"),
        check=url_for("bookings.check_booking"),
        times=url_for("bookings.find_times"),
        submit=_("提议") if own_only else _("排定"),
        back=edge.local_path(fields.typed("next"), url_for("bookings.bookings")),
        next=edge.local_path(fields.typed("next"), ""),
        is_new=True,
        rooms=room_groups(names),
        people_options=options,
        kinds=[] if own_only else kind_choices(),
        rule_sets=[(rule_set.id, facts.rule_set_name(rule_set, names)) for rule_set in applied],
        modes=[(mode.value, wording.label(mode, edge.lang())) for mode in Mode],
        audiences=audience_options(names),
        talkers=talkers[: max(1 if me else TALKERS, len(typed))],
        me=me or "",
        me_name=names.person(me),
    )


def _lead(fields: Fields, *, own_only: bool) -> str:
    """What stands under the heading; for a talk of one's own, its limits."""
    if fields.typed("kind") != Kind.TALK:
        return ""
    if not own_only:
        return _("只记录谈话双方和时间、地点，不记录谈话内容。")
    return _(
        "规则要求您谈的，可以自己约：工作时间内，留出提前通知的时间，每次最长 %(minutes)s 分钟，没谈的最多 %(count)s 次；对方同意后才排定。只记录谈话双方和时间、地点，不记录谈话内容。",
        minutes=own_limits.MAX_MINUTES,
        count=own_limits.MAX_OPEN,
    )


def _heading(kind: str) -> str:
    """What the form makes."""
    if kind == Kind.TALK:
        return _("排一次谈话")
    return _("新建%(kind)s", kind=wording.label(kind, edge.lang())) if kind in set(Kind) else _("新建日程")


def labels() -> dict[str, str]:
    """What the fields of the form are called, for sentences that do not stand beside them."""
    return {
        "kind": _("类型"), "people": _("谈话双方"), "title": _("名称"), "audience": _("参加范围"), "more_people": _("另外点名参加"),
        "day": _("日期"), "last_day": _("连续几天的，到"), "start": _("开始"), "minutes": _("时长（分钟）"), "hours": _("学时"), "room": _("地点"), "mode": _("方式"),
        "host": _("主持"), "remark": _("备注"), "link": _("视频网址"), "add_people": _("增加人员"), "remove_people": _("去掉人员"),
    }  # fmt: skip


def own_talk_only() -> bool:
    """Whether the visitor may book nothing but a talk of their own."""
    actor = edge.actor()
    return not (access.may(actor, Action.BOOK) or access.may(actor, Action.BOOK_IN_BRANCH))


def _as_name(text: str, names: Names) -> str:
    """An id that an address brought, as a name; what was typed stays as it is."""
    person = PersonId(text)
    return facts.person_text(names, person) if person in names.roster.people else text


def audience_words(names: Names) -> list[str]:
    """The selectors that the form offers: everybody, branches, their committees, teams, people from outside."""
    actor = edge.actor()
    if not access.may(actor, Action.BOOK):
        return [f"{word}:{branch}" for branch in sorted(actor.branches) for word in ("branch", "committee")]
    contacts = people_service.contacts(edge.session(), actor, edge.clock())
    groups = sorted(names.roster.groups.values(), key=lambda group: group.id)
    teams = [group.id for group in groups if group.kind == "team" and group.members]
    branches = [group for group in groups if group.kind == "branch"]
    known_grades = {grade for person in names.roster.people.values() if (grade := grades.of(person))}
    graded = [grades.GRADE + word for word, lowest in grades.FROM.items() if any(g >= lowest for g in known_grades)]
    return [
        "all_staff", "all_party", "unit_heads", "retired", *graded, *teams, *(f"branch:{b.id}" for b in branches),
        *(f"committee:{b.id}" for b in branches if b.committee),
        *sorted({f"{audiences.EXTERNAL}{contact.kind}" for contact in contacts}),
    ]  # fmt: skip


def audience_options(names: Names) -> list[Ticked]:
    """The selectors that the form offers, each with the number of people that it stands for today."""
    contacts = people_service.contacts(edge.session(), edge.actor(), edge.clock())
    words = audience_words(names)
    return [(word, names.audience(word), _size(audiences.count(word, names.roster, contacts))) for word in words]


def _size(count: int) -> str:
    return ngettext("%(num)s 人", "%(num)s 人", count) if count else _("暂无人员")


def room_groups(names: Names) -> list[tuple[str, list[Choice]]]:
    """Rooms by what they are meant for, with how many they hold, and off site."""
    groups: dict[str, list[Choice]] = {}
    for room in names.rooms.values():
        size = _("（%(count)s 人）", count=room.capacity) if room.capacity else ""
        use = wording.label(f"room:{room.use}", edge.lang())
        groups.setdefault(use, []).append((room.id, names.room(room.id) + size))
    return [*groups.items(), (_("其他"), [(OFF_SITE, names.room(OFF_SITE))])]


def edit_form(seen: SeenBooking, names: Names) -> BookingForm:
    """The form of a booking that stands."""
    is_talk = seen.kind == Kind.TALK
    audience_people = bool(seen.audience)
    return BookingForm(
        heading=_("修改：%(name)s", name=names.booking(seen)),
        lead="",
        action=url_for("bookings.change_booking", booking_id=seen.id),
        check=url_for("bookings.check_change", booking_id=seen.id),
        times=url_for("bookings.find_times_instead", booking_id=seen.id),
        submit=_("保存"),
        back=url_for("bookings.booking", booking_id=seen.id),
        is_new=False,
        is_talk=is_talk,
        version=seen.version,
        rooms=room_groups(names),
        people_options=facts.person_options(names),
        people=[] if audience_people else [(person, names.person(person), "") for person in seen.people],
        may_change_people=access.may(edge.actor(), Action.BOOK),
        scopes=_scopes() if seen.series else [],
        hours_of_time=f"{facts.working_time().hours_of(seen.span):g}" if seen.kind in STUDIED_KINDS else "",
        milestone="" if is_talk else _milestone(seen),
    )


def _milestone(seen: SeenBooking) -> str:
    """The milestone that a booking is the meeting of, with its day; empty: of none."""
    standing = milestones.of_booking(edge.session(), edge.actor(), seen.id, edge.clock()) if seen.id else None
    if standing is None:
        return ""
    key, day = standing
    return _("%(name)s（%(day)s）", name=wording.label(key, edge.lang()), day=wording.day_text(day, edge.lang()))


def _scopes() -> list[Ticked]:
    return [
        (SeriesScope.ONE.value, _("只这一次"), ""),
        (SeriesScope.LATER.value, _("这次及以后"), ""),
        (SeriesScope.ALL.value, _("还没开始的全部"), ""),
    ]
