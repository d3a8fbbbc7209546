"""Study targets by the API."""

from flask.testing import FlaskClient

TARGET = {"audience": ["all_staff"], "hours": 21, "from": "2014-02-26", "by": "2014-11-24", "pro_rata": True}
URL = "/api/v1/study-targets"


def test_targets_and_exemptions_are_set_by_the_api(organizer: FlaskClient) -> None:
    made = organizer.post(URL, json=TARGET)
    changed = organizer.patch(f"{URL}/ST1", json={"hours": 14.5, "by": "2014-10-31", "minus": ["retired"]})
    exempt = organizer.put(
        f"{URL}/ST1/exemptions/p02", json={"hours": 7, "reason": "病假", "by": "p01", "date": "2014-04-01"}
    )

    assert (made.status_code, made.json["id"], made.json["from"]) == (201, "ST1", "2014-02-26")
    assert (changed.json["hours"], changed.json["by"], changed.json["minus"]) == (14.5, "2014-10-31", ["retired"])
    assert exempt.json["exemptions"][0]["person"] == "p02"
    assert [target["id"] for target in organizer.get(URL).json["targets"]] == ["ST1"]
    assert organizer.delete(f"{URL}/ST1/exemptions/p02").json["exemptions"] == []
    assert organizer.delete(f"{URL}/ST1").json["hours"] == 14.5
    assert organizer.get(URL).json == {"targets": []}


def test_what_cannot_be_is_named(organizer: FlaskClient, member: FlaskClient) -> None:
    assert organizer.post(URL, json={**TARGET, "hours": 0}).status_code == 422
    assert organizer.post(URL, json={**TARGET, "audience": ["nobody"]}).status_code == 422
    assert organizer.patch(f"{URL}/ST9", json={"hours": 3}).status_code == 404
    assert member.post(URL, json=TARGET).status_code == 403
