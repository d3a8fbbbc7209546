"""How the records of the programme lie in their tables."""

from scheduler.core.organisation.facts import Subject
from scheduler.store.imports.plain import Plain
from scheduler.store.programme.rows import (
    BatchPersonRow,
    BatchRow,
    FrequencyRuleRow,
    MaterialRow,
    MaterialStepRow,
    MeetingResultRow,
    OpinionRow,
    OpinionTallyRow,
    OutsidePointRow,
    TaskRow,
    VisitRow,
)

RECORDS = {
    Subject.TASK: Plain(
        TaskRow,
        {
            "id": "id", "campaign": "campaign_id", "title": "title", "due": "due", "leader": "leader_id",
            "lead_unit": "lead_unit_id", "supporting": "supporting", "opened_on": "opened_on",
            "started_on": "started_on", "closed_on": "closed_on", "closed_by": "closed_by_id", "note": "note",
        },
        ("id",),
        {
            "campaign": None, "leader": None, "lead_unit": None, "supporting": (), "opened_on": None,
            "started_on": None, "closed_on": None, "closed_by": None, "note": "",
        },
        "id",
    ),
    Subject.MATERIAL: Plain(
        MaterialRow,
        {"id": "id", "campaign": "campaign_id", "kind": "kind", "person": "person_id"},
        ("id",),
        {"campaign": None, "person": None},
        "id",
    ),
    Subject.MATERIAL_STEP: Plain(
        MaterialStepRow,
        {"material": "material_id", "day": "day", "step": "step", "turn": "turn", "place": "place", "by": "by_id"},
        ("material", "day", "step", "turn"),
        {"by": None},
    ),
    Subject.OPINION: Plain(
        OpinionRow,
        {
            "id": "id", "campaign": "campaign_id", "contact": "contact_id", "sent_on": "sent_on", "due": "due",
            "received_on": "received_on", "waived_on": "waived_on",
        },
        ("id",),
        {"campaign": None, "due": None, "received_on": None, "waived_on": None},
        "id",
    ),
    Subject.OPINION_TALLY: Plain(
        OpinionTallyRow,
        {
            "campaign": "campaign_id", "source": "source", "booking": "booking_ref", "day": "day", "area": "area",
            "turn": "turn", "items": "items",
        },
        ("source", "booking", "day", "area", "turn"),
        {"campaign": None, "booking": ""},
    ),
    Subject.BATCH: Plain(
        BatchRow,
        {
            "id": "id", "campaign": "campaign_id", "name": "name", "first": "first", "last": "last", "place": "place",
            "cap": "cap",
        },
        ("id",),
        {"campaign": None, "place": "", "cap": None},
        "id",
    ),
    Subject.BATCH_PERSON: Plain(
        BatchPersonRow,
        {"batch": "batch_id", "contact": "contact_id", "name": "name", "post": "post"},
        ("batch", "contact", "name"),
        {"post": ""},
    ),
    Subject.MEETING_RESULT: Plain(
        MeetingResultRow,
        {
            "booking": "booking_id", "expected": "expected", "present": "present", "observers": "observers",
            "person_times": "person_times", "items": "items", "reported_on": "reported_on",
        },
        ("booking",),
        {
            "expected": None, "present": None, "observers": None, "person_times": None, "items": None,
            "reported_on": None,
        },
    ),
    Subject.FREQUENCY_RULE: Plain(
        FrequencyRuleRow,
        {
            "id": "id", "name": "name", "kind": "kind", "per": "per", "min": "least", "attendees": "attendees",
            "from": "first", "until": "last",
        },
        ("id",),
        {"from": None, "until": None},
        "id",
    ),
    Subject.VISIT: Plain(VisitRow, {"booking": "booking_id", "contact": "contact_id"}, ("booking",), {}),
    Subject.OUTSIDE_POINT: Plain(
        OutsidePointRow,
        {"person": "person_id", "contact": "contact_id", "from": "first", "until": "last"},
        ("person", "contact"),
        {"from": None, "until": None},
    ),
}  # fmt: skip
