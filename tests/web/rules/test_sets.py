"""Rule sets: applied ones, presets, a look before applying, files of one's own."""

import io

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

OWN = """presets:
- id: own.pairs
  name: {zh: 自定方案, en: Our own}
  rules:
  - {id: X1, pairing: all_pairs, a: {group: leadership_team}, name: {zh: 班子成员相互之间, en: Team}}
"""


def upload(text: str) -> dict[str, object]:
    return {"file": (io.BytesIO(text.encode()), "own.yaml")}


def test_rules_page_lists_what_is_applied_and_all_presets(organizer: FlaskClient) -> None:
    page = organizer.get("/rules").text

    assert "四必谈并扩大范围" in page
    assert page.count('name="source"') == 13
    assert "主方案" in page


def test_preview_shows_by_rule_distinct_optional_and_unresolved(organizer: FlaskClient) -> None:
    told = text_of(organizer.get("/rules/preview?source=cn.four-must-talks-extended").text)

    assert "按规则 49 项" in told
    assert "去重后 48 次谈话" in told
    assert "另有可选 6 次" in told
    assert "未能确定 2 处" in told
    assert "林秀芝 × 高富" in told
    assert "尚未启用" in told


def test_preset_is_applied_for_a_branch_and_made_to_lead(organizer: FlaskClient) -> None:
    response = post(organizer, "/rules", {"source": "cn.branch-yearly", "branch": "B1"})
    assert response.headers["Location"] == "/?rule_set=RS2"

    page = post(organizer, "/rules/RS2/lead", follow_redirects=True).text
    assert "已设为主方案" in page
    assert "支部谈心谈话（机关党支部）" in organizer.get("/").text


def test_own_file_is_looked_at_and_then_applied(organizer: FlaskClient) -> None:
    page = post(organizer, "/rules/preview", upload(OWN), content_type="multipart/form-data").text
    text = page.partition('name="text" value="')[2].partition('"')[0]

    assert "自定方案" in page
    assert "28" in text_of(page)
    assert post(organizer, "/rules", {"source": "", "text": text}).status_code == 303
    assert "自定方案" in organizer.get("/rules").text


def test_wrong_file_is_said_beside_its_field(organizer: FlaskClient) -> None:
    for wrong in ("presets: [{id: x, rules: [{id: A, pairing: nonsense}]}]", "[", "presets: []"):
        response = post(organizer, "/rules/preview", upload(wrong), content_type="multipart/form-data")
        assert response.status_code == 422, wrong
        assert 'id="file-error"' in response.text
    response = post(
        organizer,
        "/rules/preview",
        {"file": (io.BytesIO(b"\xff\xfe\x00"), "x.yaml")},
        content_type="multipart/form-data",
    )
    assert "文件不是 UTF-8 编码的文本" in response.text
    assert post(organizer, "/rules/preview").status_code == 422


def test_unknown_preset_and_mangled_text_are_refused(organizer: FlaskClient) -> None:
    assert organizer.get("/rules/preview?source=cn.none").status_code == 422
    assert organizer.get("/rules/preview?source=cn.branch-yearly&branch=B9").status_code == 422
    assert post(organizer, "/rules", {"text": "nonsense"}).status_code == 422


def test_supervisor_looks_and_applies_nothing(supervisor: FlaskClient, member: FlaskClient) -> None:
    assert "启用这套方案" not in supervisor.get("/rules/preview?source=cn.four-must-talks").text
    assert post(supervisor, "/rules", {"source": "cn.four-must-talks"}).status_code == 403
    assert member.get("/rules").status_code == 403


def test_files_on_the_server_cannot_be_named(organizer: FlaskClient) -> None:
    assert organizer.get("/rules/preview?source=sample/talk_rule_presets.yaml%23cn.four-must-talks").status_code == 422
