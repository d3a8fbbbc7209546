import pytest

from config import ROOT
from scheduler.core.ground.errors import Malformed
from scheduler.documents import yaml_files
from scheduler.documents.yaml_files import DocumentKind


def reason(text: str) -> object:
    with pytest.raises(Malformed) as refused:
        yaml_files.read("org.yaml", text)
    assert refused.value.kind == "unreadable_file"
    return refused.value.details["reason"]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("org.yaml", DocumentKind.ORGANISATION),
        ("talk_rule_presets.yaml", DocumentKind.TALK_RULES),
        ("meeting_rule_presets.yaml", DocumentKind.MEETING_RULES),
    ],
)
def test_yaml_file_is_known_by_its_keys(file: str, kind: DocumentKind) -> None:
    assert yaml_files.read(file, (ROOT / "sample" / file).read_text()).kind is kind


def test_scalars_are_the_texts_that_stand_there() -> None:
    found = yaml_files.load("org.yaml", "{lunch: [11:30, 13:30], day: 2014-08-01, id: 007, no: no, head: null, x: ~}")

    assert found == {
        "lunch": ["11:30", "13:30"],
        "day": "2014-08-01",
        "id": "007",
        "no": "no",
        "head": "",
        "x": "",
    }


def test_rule_files_keep_numbers_and_truth() -> None:
    document = yaml_files.read("rules.yaml", "presets: [{id: x, k: 2, optional: true}]")

    assert document.plain == {"presets": [{"id": "x", "k": 2, "optional": True}]}


def test_what_refers_to_itself_is_refused() -> None:
    assert reason("a: &a [x, x]\nb: &b [*a, *a]\ngroups: [*b, *b]") == "too_deep"


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000, "{a: " * 5_000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert reason(text) in ("too_deep", "not_yaml")


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(Malformed) as refused:
        yaml_files.read("org.yaml", "groups: {}\nroles: ]\n")

    assert refused.value.details == {"reason": "not_yaml", "line": 2}


@pytest.mark.parametrize("text", ["just text", "[a, list]"])
def test_other_yaml_is_no_known_table(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        yaml_files.read("org.yaml", text)

    assert refused.value.kind == "unknown_table"
    assert refused.value.details["known"] == ("organisation", "talk_rules", "meeting_rules")


def test_objects_are_not_made() -> None:
    assert reason("presets: !!python/object/apply:os.system [ls]") == "not_yaml"


def test_a_number_with_too_many_digits_is_no_crash() -> None:
    assert reason(f"presets: [{'9' * 6_000}]") == "not_yaml"


def test_keys_that_nobody_knows_are_named() -> None:
    with pytest.raises(Malformed) as refused:
        yaml_files.read("org.yaml", "{mentors: 1, others: []}")

    assert (refused.value.kind, refused.value.details["keys"]) == ("unknown_keys", ("mentors", "others"))


def test_a_file_of_nothing_but_lists_is_read() -> None:
    document = yaml_files.read("pairs.yaml", "mentor_pairs: [[p01, p02]]")

    assert (document.kind, dict(document.content)) == (DocumentKind.ORGANISATION, {"mentor_pairs": [["p01", "p02"]]})
