"""Import: files → facts, held against what stands; all of it or nothing. Again: nothing changes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.core.campaigns import choosing
from scheduler.core.ground import access
from scheduler.core.ground.access import Action, Actor
from scheduler.core.ground.bookings import Absence
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy
from scheduler.core.ground.findings import Finding
from scheduler.core.ground.ids import BookingId, CampaignId, UnitId
from scheduler.core.organisation import chart_changes, facts
from scheduler.core.organisation.chart import Chart
from scheduler.core.organisation.chart_changes import When
from scheduler.core.organisation.facts import Became, Change, Given, ImportReport, RowError, SeenTable, Subject
from scheduler.documents.headers import TableKind
from scheduler.services.bookings import absence_hits, given_guests
from scheduler.services.bookings import given as import_bookings
from scheduler.services.feeds import changes as feed_changes
from scheduler.services.ground import journal
from scheduler.services.imports import milestones, reading, records, table_answers, undoing
from scheduler.services.imports.desk import Desk
from scheduler.services.imports.reading import Files, Upload
from scheduler.services.imports.tables import programme
from scheduler.services.imports.tables.directory import Directory, NamesById, looked_up
from scheduler.services.organisation import chart as chart_writing
from scheduler.services.organisation import occurrences
from scheduler.store import load, save, writing
from scheduler.store.campaigns import save as save_campaigns
from scheduler.store.imports import facts as standing
from scheduler.store.imports import header_readings, plain_facts, written
from scheduler.store.operations import former
from scheduler.store.operations.former import Fact

__all__ = ["ImportReport", "Upload", "run"]

T = TypeVar("T")
TRIES = 3
KEPT = {Subject.ATTENDANCE: "attendance", Subject.TASK: "task"}
"""Facts that are kept as they stood when a table changes them, and what they are called there."""
_PLAIN = (
    Subject.MAIL_CONTACT,
    Subject.ROOM,
    Subject.EXTERNAL_CONTACT,
    Subject.WORKDAY,
    Subject.ABSENCE,
    Subject.OCCURRENCE,
)
"""Facts without a history, in the order in which they are written."""
_REFERRING = {
    TableKind.ATTENDANCE: "session",
    TableKind.GUESTS: "booking",
    TableKind.OPINION_TALLY: "booking",
    TableKind.MEETING_RESULTS: "booking",
}
"""Tables that refer to bookings, and in which column."""


def run(
    session: Session,
    actor: Actor,
    uploads: Sequence[Upload],
    valid_from: date | None,
    dry_run: bool,
    clock: Clock,
    answers: Mapping[str, str] | None = None,
) -> ImportReport:
    """Import files, all or nothing; with `dry_run` say what would happen. Errors stand in the report, by row.

    `answers`: by the ids of questions and offers; what is not answered is not done.

    Raises Malformed when a file cannot be read at all or is no known table.
    """
    access.require(actor, Action.IMPORT)
    files = reading.open_files(uploads, answers, header_readings.kept(session))

    def verb() -> ImportReport:
        writing.begin(session)
        standing.take_turns(session)
        before = None if dry_run else written.content(session)
        report = Import(session, actor, files, valid_from, clock).report()
        if report.errors or dry_run:
            session.rollback()
        else:
            numbers = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
            feed_changes.follow(session, report.changes, clock)
            if before is not None:
                files_read = [upload.name for upload in uploads]
                number = undoing.keep(session, actor, before, report, files_read, clock, valid_from)
                report = replace(report, id=number)
            for file, table_reading in files.readings.items():
                header_readings.keep(session, table_answers.digest(files.before[file]), table_reading.keeps)
            journal.note(session, actor, "imported", "file", "", clock, files=[u.name for u in uploads], **numbers)
            session.commit()
        return report

    return tried(session, verb)


def tried(session: Session, verb: Callable[[], T]) -> T:
    """Run an import, and again where somebody booked meanwhile: with their booking known, it is an error of a row."""
    for _ in range(TRIES):
        try:
            return writing.retrying(session, verb)
        except IntegrityError as error:
            if not writing.is_double_booking(error):
                raise
    raise Busy


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written so far."""

    changes: list[Change]
    errors: list[RowError]


class Import:
    """One import within one transaction; `also`: facts that no file says."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        files: Files,
        valid_from: date | None,
        clock: Clock,
        also: Sequence[Given] = (),
    ) -> None:
        self.session, self.actor, self.files, self.clock, self.also = session, actor, files, clock, also
        self.tables: tuple[SeenTable, ...] = ()
        self.desk = Desk()
        self.zone = self._zone()
        self.when = When(valid_from, clock.today(self.zone))
        self.day = max(self.when.today, valid_from or self.when.today)
        """The day whose state the report tells: today, or the day from which the facts hold if that is later."""

    def _zone(self) -> ZoneInfo:
        """The organisation's zone: as a file says, else as it stands."""
        said = (programme.zone_of(document) for document in self.files.organisations)
        return next((zone for zone in said if zone), None) or load.organisation(self.session).zone

    def report(self) -> ImportReport:
        """Read everything, write everything, and say what came of it."""
        self.directory = directory = self._directory()
        given, errors = reading.read(self.files, directory)
        self.desk = directory.desk
        self.tables = reading.seen(self.files, given)
        merged, contradictions = facts.merge((*given, *self.also))
        errors += contradictions + chart_changes.disagreements(merged)
        if errors:
            return self._as_far_as_right(merged, [*self._of_another(merged), *errors])
        return self._write(merged)

    def _of_another(self, given: Iterable[Given]) -> list[RowError]:
        """That a file is another organisation's, if it is: said before all that follows from it."""
        stands = plain_facts.organisation(self.session)
        facts_of_it = (fact for fact in given if fact.subject is Subject.ORGANISATION)
        return [another for fact in facts_of_it if stands and (another := _another(stands[0], fact))]

    def _as_far_as_right(self, given: Sequence[Given], errors: list[RowError]) -> ImportReport:
        """What would become of the rows that are right, while others are wrong: nothing of it stays, and nothing is counted."""
        wrong = {(error.file, error.row) for error in errors}
        right = [fact for fact in given if (fact.source.file, fact.source.row) not in wrong]
        outcome = ImportReport()
        nested = self.session.begin_nested()
        try:
            outcome = self._write(right)
        except (IntegrityError, LookupError):  # what is right refers to what is wrong: then nothing can be said of it
            pass
        finally:
            nested.rollback()
        errors += [error for error in outcome.errors if error not in errors]
        report = self._report(_Written([], errors), [])
        return replace(report, changes=outcome.changes, warnings=outcome.warnings)

    def _directory(self) -> Directory:
        """What stands already and may be referred to."""
        names = standing.names(self.session)
        directory = Directory(
            self.zone,
            units=NamesById(names.units),
            groups=NamesById(names.groups),
            rooms=NamesById(names.rooms),
            contacts=NamesById(names.contacts),
        )
        directory.posts = names.posts
        directory.year = self.when.today.year
        directory.occurrence_kinds = occurrences.kinds(self.session)
        directory.campaigns = list(names.campaigns)
        if chosen := choosing.about(names.campaigns, self.when.today):
            directory.usual_campaign = chosen.campaign.id
        for person, name, unit in names.people:
            directory.meet(person, name, unit)
        directory.count_on_from([*directory.names, *names.units, *names.rooms, *names.contacts])
        self._meet_bookings(directory)
        self._meet_records(directory)
        return directory

    def _meet_bookings(self, directory: Directory) -> None:
        """The standing bookings that tables refer to."""
        referring = self.files.of(*_REFERRING)
        ids = {BookingId(row.cells.get(_REFERRING[table.kind], "")) for table in referring for row in table.rows}
        for booking_id, (kind, start) in (standing.bookings_named(self.session, ids) if ids else {}).items():
            directory.sessions[booking_id] = kind
            directory.session_days[booking_id] = start.astimezone(self.zone).date()

    def _meet_records(self, directory: Directory) -> None:
        """The standing records that rows without ids may mean."""
        if self.files.of(TableKind.TASKS):
            tasks = plain_facts.existing(self.session, Subject.TASK)
            directory.tasks = {looked_up(str(fields["title"])): key for key, fields in tasks.items()}
            directory.count_on_from(tasks)
        if self.files.of(TableKind.OPINIONS):
            opinions = plain_facts.existing(self.session, Subject.OPINION)
            directory.opinions = {(str(f["contact"]), f["sent_on"]): key for key, f in opinions.items()}
            directory.count_on_from(opinions)
        if self.files.of(TableKind.BATCHES):
            batches = plain_facts.existing(self.session, Subject.BATCH)
            directory.batches = {(str(f["name"]), f["first"]): key for key, f in batches.items()}
            directory.count_on_from(batches)
        if self.files.of(TableKind.MATERIALS):
            materials = plain_facts.existing(self.session, Subject.MATERIAL)
            directory.materials = {(f["person"], f["campaign"]): key for key, f in materials.items()}
            directory.count_on_from(materials)

    def _write(self, given: Sequence[Given]) -> ImportReport:
        """Write all facts, each kind after those that it refers to."""
        stood = load.campaigns(self.session)
        by_subject: dict[Subject, list[Given]] = {}
        for fact in given:
            by_subject.setdefault(fact.subject, []).append(fact)
        chart, changes = chart_writing.write(self.session, given, self.when)
        for subject in _PLAIN:
            changes += self._write_plain(subject, by_subject.get(subject, ()))
        errors = self._write_programme(by_subject, changes)
        errors += self._write_study_targets(by_subject, changes)
        bookings = by_subject.get(Subject.BOOKING, ())
        outcome = import_bookings.write(self.session, bookings, self.zone, self.clock, chart_changed=chart.is_touched)
        changes += outcome.changes
        errors += outcome.errors
        self.files.hints += [hint for hint in outcome.hints if hint not in self.files.hints]
        if not errors:
            changes += self._write_plain(Subject.ATTENDANCE, by_subject.get(Subject.ATTENDANCE, ()))
        if not errors and (guests := by_subject.get(Subject.GUEST)):
            invited, errors = given_guests.write(self.session, guests, self.clock)
            changes += invited
        if not errors:
            written, errors = records.write(self.session, by_subject, self._write_plain)
            changes += written
        findings = self._findings(chart, by_subject)
        if not errors:
            findings += self._absence_hits(changes, bookings)
            without = {BookingId(fact.key) for fact in bookings}
            followed = milestones.follow(self.session, self.actor, stood, self.clock, given=without)
            self.desk.told |= dict.fromkeys(followed.told)
            findings += followed.warnings
        return self._report(_Written(changes, errors), findings)

    def _absence_hits(self, changes: Sequence[Change], bookings: Sequence[Given]) -> list[Finding]:
        """The standing bookings that new and changed absences hit; what a file says of absence and booking alike is meant so."""
        keys = {
            change.key
            for change in changes
            if change.subject is Subject.ABSENCE and change.became is not Became.UNCHANGED
        }
        if not keys:
            return []
        entered = [absence for absence in load.absences(self.session, None) if _key_of(absence) in keys]
        without = {BookingId(fact.key) for fact in bookings}
        return list(absence_hits.hits(self.session, entered, self.clock, without=without))

    def _write_plain(self, subject: Subject, given: Iterable[Given]) -> list[Change]:
        """Facts of a kind that has no history."""
        if not (facts_given := list(given)):
            return []
        existing = plain_facts.existing(self.session, subject)
        changes: list[Change] = []
        created: dict[str, Mapping[str, object]] = {}
        updated: dict[str, Mapping[str, object]] = {}
        for fact in facts_given:
            before = existing.get(fact.key)
            fields = _kept_make_up(before, fact.fields) if subject is Subject.ATTENDANCE else fact.fields
            change = facts.changed(subject, fact.key, before, fields)
            changes.append(change)
            if change.became is Became.CREATED:
                created[fact.key] = fields
            elif change.became is Became.UPDATED:
                updated[fact.key] = {**(before or {}), **fields}
        if kept := KEPT.get(subject):
            former.keep_standing(self.session, [Fact(kept, *key.split("/")) for key in updated], self.clock)
        plain_facts.save(self.session, subject, created, updated)
        self._after_plain(subject, facts_given)
        return changes

    def _after_plain(self, subject: Subject, given: Sequence[Given]) -> None:
        """What follows from plain facts: ids that are taken, years that are published."""
        if subject in (Subject.ROOM, Subject.EXTERNAL_CONTACT):
            save.ids_given(self.session, (fact.key for fact in given))
        if subject is Subject.WORKDAY:
            years = {fact.fields["day"].year: fact.source.file for fact in given}  # type: ignore[attr-defined]  # a day
            published = plain_facts.years_published(self.session)
            plain_facts.publish_years(self.session, {y: file for y, file in years.items() if y not in published})

    def _write_programme(self, by_subject: Mapping[Subject, Sequence[Given]], changes: list[Change]) -> list[RowError]:
        """The organisation, its working time and its campaign."""
        stands = plain_facts.organisation(self.session)
        pairs = zip((Subject.ORGANISATION, Subject.WORKING_TIME), stands or (None, None), strict=True)
        for subject, before in pairs:
            for fact in by_subject.get(subject, ()):
                if subject is Subject.ORGANISATION and (another := _another(before, fact)):
                    return [another]
                changes.append(facts.changed(subject, fact.key, before, fact.fields))
                plain_facts.save_organisation(self.session, fact.fields)
        return self._write_campaigns(by_subject.get(Subject.CAMPAIGN, ()), changes)

    def _write_campaigns(self, given: Iterable[Given], changes: list[Change]) -> list[RowError]:
        """Campaigns, in the order in which they are to lead; what the first ones take up, and which are new."""
        errors: list[RowError] = []
        standing_campaigns = load.campaigns(self.session)
        is_open = {campaign.id: campaign.is_open for campaign in standing_campaigns}
        stands = plain_facts.campaigns(self.session)
        places = {campaign.id: place for place, campaign in enumerate(self.directory.campaigns)}
        for fact in sorted(given, key=lambda fact: places.get(CampaignId(fact.key), 0)):
            change = facts.changed(Subject.CAMPAIGN, fact.key, stands.get(fact.key), fact.fields)
            if change.became is Became.CREATED and "name" not in fact.fields:
                errors.append(RowError(fact.source.file, None, "activity", "no_campaign"))
                continue
            if change.became is Became.UPDATED and not is_open[CampaignId(fact.key)]:
                name = stands[fact.key]["name"]
                errors.append(RowError(fact.source.file, None, "activity", "campaign_closed", {"name": name}))
                continue
            changes.append(change)
            former.keep_standing(self.session, [Fact("milestone", fact.key)], self.clock, with_new=False)
            plain_facts.save_campaign(self.session, fact.key, fact.fields)
            if change.became is Became.CREATED and len(places) > 1:
                details = {key: fact.fields[key] for key in ("name", "starts", "ends")}
                self.desk.told[Finding("new_campaign", fact.key, details)] = None
        if not standing_campaigns and not errors:
            save_campaigns.take_up(self.session, choosing.leading_first(load.campaigns(self.session)), self.zone)
        return errors

    def _write_study_targets(
        self, by_subject: Mapping[Subject, Sequence[Given]], changes: list[Change]
    ) -> list[RowError]:
        """Study targets and exemptions, after the campaigns and people that they refer to."""
        given, exempt = (by_subject.get(subject, ()) for subject in (Subject.STUDY_TARGET, Subject.STUDY_EXEMPTION))
        if not given and not exempt:
            return []
        campaigns = plain_facts.campaigns(self.session).keys() | {None}
        known_targets = plain_facts.existing(self.session, Subject.STUDY_TARGET).keys() | {fact.key for fact in given}
        errors = [
            RowError(fact.source.file, fact.source.row, field, "not_found", {"name": fact.fields[field]})
            for facts_given, field, ids in ((given, "campaign", campaigns), (exempt, "target", known_targets))
            for fact in facts_given
            if fact.fields.get(field) not in ids
        ]
        if not errors:
            changes += self._write_plain(Subject.STUDY_TARGET, given)
            changes += self._write_plain(Subject.STUDY_EXEMPTION, exempt)
        return errors

    def _findings(self, chart: Chart, by_subject: Mapping[Subject, Sequence[Given]]) -> list[Finding]:
        """What is odd about the units and the names that the files touched."""
        units = (chart.unit_on(UnitId(fact.key), self.day) for fact in by_subject.get(Subject.UNIT, ()))
        findings = chart_changes.findings(unit for unit in units if unit)
        people = by_subject.get(Subject.PERSON, ())
        if people:
            names = standing.names_on(self.session, self.day)
            findings += chart_changes.same_names(names, (str(fact.fields.get("name")) for fact in people))
        if people or by_subject.get(Subject.GROUP):
            # told and no warning: a roster names branches long before anybody lists their committees
            lacking = chart_changes.without_committee(load.roster(self.session, self.day).groups.values())
            self.desk.told |= dict.fromkeys(lacking)
        return findings

    def _report(self, written: _Written, findings: list[Finding]) -> ImportReport:
        """What is told about the import."""
        count = Counter(change.became for change in written.changes)
        counts = standing.counts(self.session, self.day)
        return ImportReport(
            counts.people,
            counts.units,
            counts.rooms,
            counts.branches,
            count[Became.CREATED],
            count[Became.UPDATED],
            count[Became.UNCHANGED],
            warnings=(*findings, *self.files.warnings),
            hints=tuple(self.files.hints),
            errors=tuple(written.errors),
            changes=tuple(change for change in written.changes if change.became is not Became.UNCHANGED),
            tables=self.tables,
            columns=tuple(self.desk.columns),
            set_aside=tuple(self.desk.set_aside),
            told=(*self.desk.told, *self._keys_left_aside()),
            questions=tuple(self.desk.questions.values()),
            offers=tuple(self.desk.offers.values()),
        )

    def _keys_left_aside(self) -> list[Finding]:
        """Keys of YAML files that nobody reads."""
        return [hint for hint in self.files.hints if hint.kind == "unknown_key"]


def _key_of(absence: Absence) -> str:
    """The key of an absence among the facts of an import."""
    return f"{absence.person}/{absence.first}/{absence.last}"


def _another(before: Mapping[str, object] | None, fact: Given) -> RowError | None:
    """What is wrong if a file is another organisation's than the one whose database this is."""
    name = fact.fields.get("name")
    if not before or not before["name"] or not name or before["name"] == name:
        return None
    details = {"value": name, "name": before["name"]}
    return RowError(fact.source.file, None, "organisation.name_zh", "another_organisation", details)


def _kept_make_up(before: Mapping[str, object] | None, given: Mapping[str, object]) -> Mapping[str, object]:
    """Attendance as a file gives it, but a make-up that was entered since then stays."""
    if before and before["makeup_date"] and not given.get("makeup_date"):
        return before
    return given
