from tests.services.imports.tables.reading import facts, known, wrong


def test_a_row_of_the_rooms() -> None:
    assert facts("编号,名称,英文,容量,用途\nR01,会议室,Room,40.0,会议\n") == {
        "R01": {"name": "会议室", "name_en": "Room", "capacity": 40, "use": "meeting"}
    }


def test_rooms_without_ids_are_known_by_name_or_are_new() -> None:
    assert list(facts("name,capacity\n谈话室A,4\n新会议室,\n")) == ["R04", "R05"]


def test_everything_that_is_wrong_in_rooms_is_told() -> None:
    assert wrong("id,name,capacity,use\nR01,,many,party\nEXT,外面,,\n") == [
        (2, "name", "missing"),
        (2, "capacity", "not_a_number"),
        (2, "use", "unknown_word"),
        (3, "id", "reserved_id"),
    ]


def test_external_contacts_with_and_without_ids() -> None:
    who = known()
    who.contacts["u07"] = ("street_town", "新村街道")
    who.count_on_from(["u07"])

    assert facts("编号,类别,名称,用途\n,street_town,新村街道,意见\n,model_worker,某某,\n", who=who) == {
        "u07": {"kind": "street_town", "name": "新村街道", "use": "意见"},
        "u08": {"kind": "model_worker", "name": "某某", "use": ""},
    }
    assert wrong("id,kind,name,use\nu01,,,x\n") == [(2, "kind", "missing"), (2, "name", "missing")]
