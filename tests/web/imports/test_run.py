"""Import: preview, errors by row, acceptance of the same bytes by the same person."""

import io
import os
import re
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post

NEW_PERSON = "编号\t姓名\t部门\t职务\np97\t赵　明\tD01\t科员"


def token_of(page: str) -> str:
    return page.partition('name="token" value="')[2].partition('"')[0]


def test_preview_tells_what_would_change_and_changes_nothing(organizer: FlaskClient) -> None:
    page = post(organizer, "/import", {"pasted": NEW_PERSON}).text

    assert "新增 1 更新 0 无变化 0" in text_of(page)
    assert token_of(page)
    assert organizer.get("/people/p97").status_code == 404


def test_accepted_preview_is_imported(organizer: FlaskClient) -> None:
    token = token_of(post(organizer, "/import", {"pasted": NEW_PERSON}).text)

    response = post(organizer, "/import/accept", {"token": token}, follow_redirects=True)

    assert "已导入：新增 1，更新 0，无变化 0。" in response.text
    assert "赵明" in organizer.get("/people/p97").text
    assert "预览已过期" in post(organizer, "/import/accept", {"token": token}, follow_redirects=True).text


def test_files_are_read_as_a_chinese_pc_saves_them(organizer: FlaskClient) -> None:
    data = (ROOT / "sample" / "roster_gb18030.csv").read_bytes()

    page = post(
        organizer, "/import", {"files": (io.BytesIO(data), "名册.csv")}, content_type="multipart/form-data"
    ).text

    assert "没有变化" in page
    assert "名册.csv" in page


def test_what_differs_is_shown_before_and_after(organizer: FlaskClient) -> None:
    page = text_of(post(organizer, "/import", {"pasted": "编号\t姓名\t部门\t职务\np27\t白雪\tD02\t副部长"}).text)

    assert "部门：办公室 → 组织部" in page
    assert "职务：科员 → 副部长" in page
    assert "p27 白雪 D02 （有变化） 副部长 （有变化）" in page


def test_errors_are_told_by_row_and_column_and_nothing_is_kept(organizer: FlaskClient, tmp_path: Path) -> None:
    pasted = "人员\t起\t止\t原因类别\t规则\np99\t2014-08-04\t2014-08-05\t出差\t\np08\t2014-08-40\t2014-08-05\t出差\t"

    response = post(organizer, "/import", {"pasted": pasted})
    told = text_of(response.text)

    assert response.status_code == 422
    assert "有 2 处错误，未导入任何内容" in told
    assert "2 ! 不对 跳过 人员：没有“p99”这个人 （不对）" in told
    assert "3 ! 不对 跳过 起：“2014-08-40”不是日期（如 2014-08-20） p08 （不对）" in told


def test_rows_are_skipped_and_cells_mended_in_the_preview(organizer: FlaskClient) -> None:
    pasted = "人员\t起\t止\t原因类别\t规则\np99\t2014-08-04\t2014-08-05\t出差\t\np08\t2014-08-40\t2014-08-05\t出差\t"
    page = post(organizer, "/import", {"pasted": pasted}).text
    said = {"a:row:粘贴的表格.csv:2": "skip", "a:cell:粘贴的表格.csv:3:起": "2014-08-04"}

    again = post(organizer, "/import/again", {"token": token_of(page), **said})

    assert again.status_code == 200
    assert "p08" in again.text
    accepted = post(organizer, "/import/accept", {"token": token_of(page), **said}, follow_redirects=True)
    assert "已导入：新增 1" in accepted.text


def test_questions_stand_with_their_choices_and_what_is_proposed_is_chosen(organizer: FlaskClient) -> None:
    pasted = "姓名\t部门\t职务\n王伟\t宣传科\t科长\n王伟\t信息科\t科员"
    page = post(organizer, "/import", {"pasted": pasted}).text

    assert "第 2、3 行的“王伟”（科长、科员）是同一人吗？" in page
    assert 'name="a:same_person:王伟@3" value="different"' in page
    answered = {"token": token_of(page), "a:same_person:王伟@3": "different"}
    assert "已导入：新增 4" in post(organizer, "/import/accept", answered, follow_redirects=True).text


def test_unreadable_file_is_said_beside_the_field(organizer: FlaskClient) -> None:
    response = post(
        organizer, "/import", {"files": (io.BytesIO(b"\x00\x01\x02"), "x.csv")}, content_type="multipart/form-data"
    )

    assert response.status_code == 422
    assert 'id="files-error"' in response.text


def test_nothing_chosen_is_said(organizer: FlaskClient) -> None:
    response = post(organizer, "/import")

    assert response.status_code == 422
    assert "请选择文件，或把表格粘贴到下面" in response.text


def test_preview_of_somebody_else_cannot_be_accepted(site_app: Flask, organizer: FlaskClient) -> None:
    from scheduler.core.ground.access import OPERATOR, Role
    from scheduler.extensions import db
    from scheduler.services.accounts import register as accounts
    from tests.browser.site import PASSWORD
    from tests.builders import a_clock
    from tests.web.visiting import signed_in

    with site_app.app_context():
        accounts.add(db.session(), OPERATOR, a_clock(), person=None, role=Role.ORGANIZER, name="second")
        accounts.set_password(db.session(), OPERATOR, "second", PASSWORD, a_clock())
    token = token_of(post(organizer, "/import", {"pasted": NEW_PERSON}).text)

    page = post(signed_in(site_app, "second"), "/import/accept", {"token": token}, follow_redirects=True).text

    assert "预览已过期" in page
    assert organizer.get("/people/p97").status_code == 404


def test_kept_files_are_for_their_owner_and_go_after_an_hour(organizer: FlaskClient, tmp_path: Path) -> None:
    token = token_of(post(organizer, "/import", {"pasted": NEW_PERSON}).text)
    (kept,) = (tmp_path / "uploads").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    old = time.time() - 3700
    os.utime(kept, (old, old))

    assert "预览已过期" in post(organizer, "/import/accept", {"token": token}, follow_redirects=True).text
    post(organizer, "/import", {"pasted": NEW_PERSON})
    assert kept not in list((tmp_path / "uploads").iterdir())


def test_facts_hold_from_the_day_given(organizer: FlaskClient) -> None:
    data = {"pasted": "编号\t姓名\t部门\t职务\np27\t白雪\tD02\t副部长", "valid_from": "2014-09-01"}
    page = post(organizer, "/import", data).text

    post(organizer, "/import/accept", {"token": token_of(page), "valid_from": "2014-09-01"})

    assert "副部长" not in organizer.get("/people?q=白雪").text.partition("<table")[2]
    assert "副部长" in organizer.get("/people?q=白雪&as_of=2014-09-01").text.partition("<table")[2]


def test_only_organizers_import(member: FlaskClient, supervisor: FlaskClient, admin: FlaskClient) -> None:
    for client in (member, supervisor, admin):
        assert client.get("/import").status_code == 403
        assert post(client, "/import", {"pasted": NEW_PERSON}).status_code == 403


def test_pasted_table_with_errors_can_be_mended_where_it_is_shown(organizer: FlaskClient) -> None:
    pasted = "编号\t姓名\t职务排序\np97\t赵　明\t第一"
    page = post(organizer, "/import", {"pasted": pasted, "valid_from": "2014-09-01"}).text

    assert "再预览一次" in page
    assert ">编号\t姓名\t职务排序\np97\t赵　明\t第一</textarea>" in page
    assert 'name="valid_from" value="2014-09-01"' in page


def test_table_without_a_header_is_told_what_is_wanted(organizer: FlaskClient) -> None:
    response = post(organizer, "/import", {"pasted": "赵明\tD01\t科员"})

    assert response.status_code == 422
    assert "上面要有一行表头，如：姓名、部门、职务、职务排序" in response.text
    assert ">赵明\tD01\t科员</textarea>" in response.text


def test_facts_of_no_table_are_listed_beside_the_tables(organizer: FlaskClient) -> None:
    yaml = "activity: {name_zh: 党的群众路线教育实践活动, starts: '2014-02-26', ends: '2014-11-30'}".encode()
    page = text_of(
        post(organizer, "/import", {"files": (io.BytesIO(yaml), "org.yaml")}, content_type="multipart/form-data").text
    )

    assert "结束 2014-11-24 → 2014-11-30" in page


def test_sample_tables_can_be_imported_as_they_are(organizer: FlaskClient) -> None:
    page = organizer.get("/import").text
    paths = re.findall(r'href="(/static/tables/[a-z]+\.csv)', page)
    files = [(io.BytesIO((ROOT / path.lstrip("/")).read_bytes()), path.rpartition("/")[2]) for path in paths]

    assert len(paths) == 3
    report = text_of(post(organizer, "/import", {"files": files}, content_type="multipart/form-data").text)
    assert "组织部：负责人空缺" in report
    assert "接受并导入" in report


def test_missing_columns_are_told_for_new_people_only(organizer: FlaskClient) -> None:
    told = "缺少以下各列，新增的暂时留空，以后补充后再导入即可：职务、职务排序"

    assert told in post(organizer, "/import", {"pasted": "姓名\t部门\n新来的\tD01"}).text
    assert "缺少以下各列" not in post(organizer, "/import", {"pasted": "编号\t姓名\t部门\np27\t白雪\tD02"}).text


def test_an_import_is_taken_back_as_a_whole(organizer: FlaskClient) -> None:
    token = token_of(post(organizer, "/import", {"pasted": NEW_PERSON}).text)
    accepted = post(organizer, "/import/accept", {"token": token}, follow_redirects=True).text
    [action] = re.findall(r'action="(/imports/\d+/undo)"', accepted)
    listed = organizer.get("/imports").text
    assert action in listed
    assert "刘向东" in listed, "who did it, by name"
    assert "系统操作员" in listed

    assert "已整批撤销：粘贴的表格.csv。" in post(organizer, action, {}, follow_redirects=True).text
    assert organizer.get("/people/p97").status_code == 404
    again = post(organizer, action, {})
    assert again.status_code == 422
    assert "这次导入已经撤销过" in again.text


def test_what_was_mended_and_skipped_stays_so_until_it_is_accepted(organizer: FlaskClient) -> None:
    pasted = "编号\t姓名\t职务排序\np97\t赵明\t第一\np98\t钱明\t2\np99\t孙明\t3"
    token = token_of(post(organizer, "/import", {"pasted": pasted}).text)
    said = {"a:cell:粘贴的表格.csv:2:职务排序": "7", "a:row:粘贴的表格.csv:4": "skip"}
    page = post(organizer, "/import/again", {"token": token, **said}).text

    carried = dict(re.findall(r'<input type="hidden" name="(a:[^"]+)" value="([^"]+)">', page))
    assert carried == said
    accepted = post(organizer, "/import/accept", {"token": token, **carried}, follow_redirects=True).text

    assert "已导入：新增 2" in accepted
    assert organizer.get("/people/p99").status_code == 404


def test_a_tick_is_taken_away_and_the_last_field_of_a_name_holds(organizer: FlaskClient) -> None:
    pasted = "编号\t姓名\t职务排序\np97\t赵明\t1\np98\t钱明\t2"
    token = token_of(post(organizer, "/import", {"pasted": pasted}).text)

    page = post(organizer, "/import/again", {"token": token, "a:row:粘贴的表格.csv:3": ["skip", ""]}).text

    assert "新增 2 更新 0 无变化 0" in text_of(page)


def test_every_cell_can_be_mended(organizer: FlaskClient) -> None:
    token = token_of(post(organizer, "/import", {"pasted": NEW_PERSON}).text)
    page = post(organizer, "/import/again", {"token": token, "edit": "粘贴的表格.csv"}).text

    assert 'name="a:cell:粘贴的表格.csv:2:职务" value="科员"' in page
    page = post(organizer, "/import/again", {"token": token, "a:cell:粘贴的表格.csv:2:职务": ""}).text
    assert "科员" not in page.partition('<table class="sheet">')[2]


def test_a_table_taken_for_another_one_is_read_by_its_own_words(organizer: FlaskClient) -> None:
    token = token_of(post(organizer, "/import", {"pasted": "部门\t负责人\t分管领导\n新设科\t文静\t沈维岳"}).text)
    said = {"a:table:粘贴的表格.csv": "rooms", "shown:粘贴的表格.csv": "units", "a:column:粘贴的表格.csv:部门": "name"}

    response = post(organizer, "/import/again", {"token": token, **said})

    assert response.status_code == 422
    assert "场地表要有这一列" in text_of(response.text)


def test_a_table_whose_words_nobody_knows_is_told_what_it_is(organizer: FlaskClient) -> None:
    page = post(organizer, "/import", {"pasted": "名号\t科别\n赵新明\t新设科\n钱新明\t新设科"}).text
    file = "粘贴的表格.csv"
    assert "无法识别这是哪张表" in page
    assert "接受" not in page.partition("<main")[2]
    token, kind = token_of(page), {f"a:table:{file}": "roster"}

    shown = post(organizer, "/import/again", {"token": token, **kind, f"shown:{file}": "unknown"}).text
    assert "人员名单要有这一列" in text_of(shown)
    assert f'name="shown:{file}" value="roster"' in shown
    assert f'name="a:column:{file}:名号"' in shown

    columns = {f"a:column:{file}:名号": "name", f"a:column:{file}:科别": "unit", f"shown:{file}": "roster"}
    said = post(organizer, "/import/again", {"token": token, **kind, **columns}).text
    assert "新增 3 更新 0" in text_of(said)
    accepted = post(organizer, "/import/accept", {"token": token, **kind, **columns}, follow_redirects=True).text
    assert "已导入：新增 3" in accepted


def test_a_column_shows_by_what_it_was_known_and_samples_without_telephones(organizer: FlaskClient) -> None:
    page = text_of(post(organizer, "/import", {"pasted": "姓名\t科室\t手机\n赵明\t新设科\t000-0000-0012"}).text)

    assert "A 姓名 赵明" in page
    assert "✓ 近义" in page
    assert "000****0012" in page
    assert "000-0000-0012" not in page.partition("在这里改粘贴的内容")[0]


def test_a_head_whom_the_same_table_brings_is_told_by_name(organizer: FlaskClient) -> None:
    page = text_of(post(organizer, "/import", {"pasted": "部门\t姓名\t职务\n困难职工帮扶中心（筹）\t赵明\t主任"}).text)

    assert "负责人：— → 赵明" in page
    groups = "groups:\n  senior_staff: [p09, p27]\n"
    data = {"files": (io.BytesIO(groups.encode()), "组.yaml")}
    told = text_of(post(organizer, "/import", data, content_type="multipart/form-data").text)
    assert "白雪" in told
    assert "p27" not in told


def test_the_year_of_days_without_one_is_answered_on_the_page(organizer: FlaskClient) -> None:
    pasted = "类型\t名称\t日期\t开始\t结束\t参加范围\n会议\t碰头会\t12月20日\t9:00\t10:00\tleadership_team"
    asked = post(organizer, "/import", {"pasted": pasted})

    assert asked.status_code == 422
    assert "的日期（如“12月20日”）没有写年份，是哪一年？" in text_of(asked.text)
    assert 'name="a:year:粘贴的表格.csv" value="2014"' in asked.text
    said = {"token": token_of(asked.text), "a:year:粘贴的表格.csv": "2014"}
    assert "新增 1 更新 0 无变化 0" in text_of(post(organizer, "/import/again", said).text)
    post(organizer, "/import/accept", said)
    assert "碰头会" in organizer.get("/bookings?view=list&day=2014-12-20").text


def test_what_a_workbook_hides_is_shown(organizer: FlaskClient) -> None:
    data = (ROOT / "tests" / "data" / "offices" / "hidden.xlsx").read_bytes()

    page = post(
        organizer, "/import", {"files": (io.BytesIO(data), "hidden.xlsx")}, content_type="multipart/form-data"
    ).text

    assert "第 3 行在表里是隐藏的，也读了" in text_of(page)
    assert "隐藏的工作表，不导入" in text_of(page)
