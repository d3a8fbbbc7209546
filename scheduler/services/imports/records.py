"""The part of an import that concerns the programme: tasks, materials, opinions, training, results, frequencies."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler.core.organisation.facts import Change, Given, RowError, Subject
from scheduler.store import save
from scheduler.store.imports import plain_facts

RECORDS = (
    Subject.TASK,
    Subject.MATERIAL,
    Subject.MATERIAL_STEP,
    Subject.OPINION,
    Subject.OPINION_TALLY,
    Subject.BATCH,
    Subject.BATCH_PERSON,
    Subject.MEETING_RESULT,
    Subject.FREQUENCY_RULE,
    Subject.VISIT,
    Subject.OUTSIDE_POINT,
)
"""In the order in which they are written."""
_NUMBERED = (Subject.TASK, Subject.OPINION)
Facts = Mapping[str, Mapping[str, object]]


def write(
    session: Session,
    by_subject: Mapping[Subject, Sequence[Given]],
    write_plain: Callable[[Subject, Iterable[Given]], list[Change]],
) -> tuple[list[Change], list[RowError]]:
    """Write the records; a record that stands keeps its campaign. Or say who is in no batch, or in two."""
    changes: list[Change] = []
    for subject in RECORDS:
        if not (given := by_subject.get(subject, ())):
            continue
        if subject is Subject.BATCH_PERSON and (errors := list(_misplaced(session, given))):
            return changes, errors
        if any("campaign" in fact.fields for fact in given):
            given = [_kept(fact, plain_facts.existing(session, subject)) for fact in given]
        if subject in _NUMBERED:
            save.ids_given(session, (fact.key for fact in given))
        changes += write_plain(subject, given)
    return changes, []


def _kept(fact: Given, stands: Facts) -> Given:
    """A fact about a record that stands leaves it in its campaign."""
    if fact.key not in stands:
        return fact
    return replace(fact, fields={name: value for name, value in fact.fields.items() if name != "campaign"})


def _misplaced(session: Session, given: Sequence[Given]) -> Iterator[RowError]:
    """The rows whose batch is not there, is full, or is the second of a person in one campaign."""
    batches = plain_facts.existing(session, Subject.BATCH)
    stands = plain_facts.existing(session, Subject.BATCH_PERSON)
    places = Counter(str(fields["batch"]) for fields in stands.values())
    batch_of = {
        (fields["contact"], fields["name"], batches[str(fields["batch"])]["campaign"]): str(fields["batch"])
        for fields in stands.values()
    }
    for fact in given:
        key, at = str(fact.fields["batch"]), (fact.source.file, fact.source.row)
        if key not in batches:
            yield RowError(*at, "batch", "not_found", {"name": key})
            continue
        person = (fact.fields["contact"], fact.fields["name"], batches[key]["campaign"])
        if batch_of.setdefault(person, key) != key:
            yield RowError(*at, "batch", "in_two_batches", {"value": fact.fields["name"], "batch": batch_of[person]})
        cap = batches[key]["cap"]
        places[key] += fact.key not in stands
        if isinstance(cap, int) and places[key] > cap:
            yield RowError(*at, "batch", "batch_over_cap", {"value": key, "cap": cap})
