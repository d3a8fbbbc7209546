"""The pages of the programme: lanes, tasks, materials, opinions, training, frequencies, and the gate of a meeting."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scheduler.extensions import db
from tests.browser import site
from tests.databases import Databases
from tests.web.coverage.test_home import text_of
from tests.web.visiting import post, signed_in

PAGES = ("/progress", "/tasks", "/materials", "/opinions", "/visits", "/batches", "/frequencies", "/bookings/E10/gate")


@pytest.fixture
def signer(programme_app: Flask) -> FlaskClient:
    return signed_in(programme_app, site.SUPERVISOR)


def test_lanes_tell_what_is_done_who_is_missing_and_what_is_urgent(office: FlaskClient) -> None:
    told = text_of(office.get("/progress?as_of=2014-08-01").text)

    assert "“查摆问题、开展批评”第 62 天" in told
    assert "距民主生活会 13 个工作日" in told
    assert "会前报告尚未发出" in told
    assert "还差 11 次谈话" in told
    assert "欧阳慧、邓永昌学时未达标" in told
    assert "定期会议 2 / 33 次 ! 逾期" in told
    assert "支部谈心谈话 — 不要求" in told
    later = text_of(office.get("/progress?as_of=2014-11-05").text)
    assert "整改任务 Z07 未完成" in later
    assert "回到今天" in later


def test_home_fetches_the_three_things_that_cannot_wait(office: FlaskClient) -> None:
    assert 'hx-get="/progress/urgent"' in office.get("/").text
    told = text_of(office.get("/progress/urgent").text)
    assert told.index("会前报告尚未发出") < told.index("还差 11 次谈话") < told.index("学时未达标")


def test_those_who_only_watch_are_told_what_concerns_them(signer: FlaskClient) -> None:
    told = text_of(signer.get("/progress/urgent").text)

    assert "会前报告尚未发出" not in told
    assert "学时未达标" not in told
    assert told.index("还差 11 次谈话") < told.index("份材料未签署") < told.index("会议方案待督导组同意")


def test_member_is_told_the_three_most_urgent_of_the_own_duties(programme_app: Flask) -> None:
    page = signed_in(programme_app, site.AWAITING).get("/me").text
    cards = text_of(page.partition('class="urgent"')[2].partition("</section>")[0])

    assert re.findall(r"还差 \d+ 次谈话|学时还差 1", cards) == ["还差 1 次谈话", "学时还差 1"]
    assert "欧阳慧" not in cards
    assert "会前报告" not in page


def test_pages_are_for_those_who_look_after_the_campaign(programme_app: Flask, signer: FlaskClient) -> None:
    member = signed_in(programme_app, site.MEMBER)

    assert [signer.get(page).status_code for page in PAGES] == [200] * len(PAGES)
    statuses = {page: member.get(page).status_code for page in PAGES}
    assert statuses.pop("/tasks") == statuses.pop("/materials") == 200
    assert set(statuses.values()) == {403}


def test_without_records_pages_say_what_to_do(organizer: FlaskClient) -> None:
    for page in ("/tasks", "/materials", "/opinions", "/visits", "/batches", "/frequencies"):
        told = organizer.get(page).text
        assert 'class="empty"' in told, page
        assert "/import" in told, page
    assert "不能算作具备" in organizer.get("/bookings/E10/gate").text


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_late_tasks_come_first(office: FlaskClient) -> None:
    told = text_of(office.get("/tasks?as_of=2014-11-05").text)

    assert told.index("逾期 2 完成时限的月份已过") < told.index("本月到期 2") < told.index("以后 3")
    assert "11月28日 周五是本月最后一个工作日" in told
    assert "2015年3月" in told
    assert "逾期 5 天" in told


def test_state_is_set_by_one_tap_and_undone(office: FlaskClient) -> None:
    assert post(office, "/tasks/Z03", {"state": "done"}).status_code == 303
    told = office.get("/tasks").text
    assert "“清理超标准办公用房”：已完成。" in text_of(told)
    assert "撤销" in told
    post(office, "/tasks/Z03", {"state": "under_way"})
    post(office, "/tasks/Z03", {"state": "under_way"})
    assert "“清理超标准办公用房”：推进中。" in text_of(office.get("/tasks").text)
    assert post(office, "/tasks/Z03", {"state": "gone"}).status_code == 422
    post(office, "/tasks/Z01", {"state": "done"})
    assert "长期坚持的，不销号" in office.get("/tasks").text


def test_leader_has_no_done_on_the_own_task(programme_app: Flask) -> None:
    told = signed_in(programme_app, site.PRINCIPAL).get("/tasks").text
    row = told.partition("改进文风会风")[2].partition("</tr>")[0]

    assert row.count(" disabled") == 3


# ── Materials and the gate ───────────────────────────────────────────────────────────────────────────────────────────
def test_supervision_group_has_its_buttons_and_nothing_else_to_press(signer: FlaskClient) -> None:
    page = signer.get("/bookings/E10/gate").text
    told = text_of(page)

    assert "待督导组签署：会议方案 1 份、材料 4 份" in told
    assert "4 份都同意" in told
    assert "37 / 48" in told
    main = page.partition("<main")[2].partition("</main>")[0]
    for word in ("确认召开", "例外召开", "登记已发出", "查看名单"):
        assert word not in main


def test_organizer_sees_what_is_missing_first_and_cannot_confirm(office: FlaskClient) -> None:
    page = office.get("/bookings/E10/gate").text
    told = text_of(page)

    assert "暂不具备召开条件：6 项中还差 5 项" in told
    assert told.index("期限 8月5日 周二，还有 2 个工作日") < told.index("还差：欧阳慧、邓永昌")
    assert 'value="confirm" disabled' in page
    assert "召开条件" in office.get("/bookings/E10").text


def test_conditions_are_ticked_signed_and_taken_back(programme_app: Flask) -> None:
    office, signer = signed_in(programme_app, site.ORGANIZER), signed_in(programme_app, site.SUPERVISOR)
    assert post(office, "/bookings/E10/gate/items/c6", {"ok": "1"}).status_code == 303
    assert "8月1日 刘向东登记" in text_of(office.get("/bookings/E10/gate").text)
    assert post(signer, "/bookings/E10/gate/items/c5", {"ok": "1"}).status_code == 303
    assert "撤回同意" in signer.get("/bookings/E10/gate").text
    assert post(office, "/bookings/E10/gate/items/c5", {"ok": "0"}).status_code == 403
    post(signer, "/bookings/E10/gate/items/c5", {"ok": "0"})
    post(office, "/bookings/E10/gate/items/c6", {"ok": "0"})
    assert "6 项中还差 5 项" in office.get("/bookings/E10/gate").text


def test_plan_is_sent_sent_back_and_signed(programme_app: Flask, office: FlaskClient, signer: FlaskClient) -> None:
    here = "/bookings/E10/gate/items/c5"
    assert "登记已报送" in text_of(office.get("/bookings/E10/gate").text)
    assert post(signer, here, {"act": "submit"}).status_code == 403
    post(office, here, {"act": "submit"})
    assert "刘向东报送" in text_of(signer.get("/bookings/E10/gate").text)
    assert post(office, here, {"act": "return"}).status_code == 403
    post(signer, here, {"act": "return"})
    told = text_of(office.get("/bookings/E10/gate").text)
    assert "已退回" in told
    assert "曹振东退回，请修改后再报送" in told
    post(signer, here, {"ok": "1"})
    assert "请由他们办理" in post(office, here, {"ok": "0"}).text
    post(signer, here, {"ok": "0"})


def test_office_sets_its_own_conditions_and_takes_the_usual_again(office: FlaskClient) -> None:
    page = "/progress/conditions/meeting"
    assert "采用常用的六项" in office.get(page).text
    assert "设召开条件" in office.get("/bookings/E14/gate").text
    post(office, page, {"act": "six"})
    assert "会前报告上级" in office.get("/bookings/E14/gate").text
    own = {
        "lines": "3",
        "what-1": "own_tick",
        "name-1": "会场已定",
        "days-1": "2",
        "what-2": "study",
        "target-2": "ST9",
    }
    post(office, page, own)
    told = text_of(office.get(page).text)
    assert "所指的“ST9”不存在" in told
    shown = text_of(office.get("/bookings/E14/gate").text)
    assert "会场已定" in shown
    assert "期限 11月19日" in shown
    assert "所指的“ST9”不存在，不会具备" in shown
    for wrong, says in (
        ({**own, "name-1": ""}, "自定的条件请写明是什么"),
        ({**own, "days-1": "999"}, "应为 0 到 365"),
        ({**own, "what-3": "", "name-3": "x"}, "请选是什么条件"),
        ({**own, "what-1": "weather"}, "没有“weather”"),
    ):
        answer = post(office, page, wrong)
        assert (answer.status_code, says in answer.text) == (422, True), says
    post(office, page, {"act": "usual"})
    assert "采用常用的六项" in office.get(page).text
    assert office.get("/progress/conditions/talk").status_code == 404
    assert office.get("/progress/conditions/weather").status_code == 404


def test_override_asks_for_a_reason(office: FlaskClient) -> None:
    assert post(office, "/bookings/E10/gate", {"act": "override", "override": " "}).status_code == 422
    post(office, "/bookings/E10/gate", {"act": "override", "override": "上级另有要求"})
    told = office.get("/bookings/E10/gate").text
    assert "上级另有要求" in told
    post(office, "/bookings/E10/gate", {"act": "withdraw"})
    assert "上级另有要求" not in text_of(office.get("/bookings/E10/gate").text)
    post(office, "/bookings/E10/gate", {"act": "confirm"})
    assert "还差 会前报告上级" in office.get("/bookings/E10/gate").text
    assert post(office, "/bookings/E10/gate/after", {"opinions": "x"}).status_code == 422
    post(office, "/bookings/E10/gate/after", {"opinions": "3"})
    assert "尚未开始" in office.get("/bookings/E10/gate").text


def test_meeting_that_was_held_takes_its_numbers(office: FlaskClient) -> None:
    assert "这类会议没有规定会前条件" in office.get("/bookings/E04/gate").text
    assert "/progress/conditions/symposium" in office.get("/bookings/E04/gate").text
    assert post(office, "/bookings/E04/gate/after", {"present": "99"}).status_code == 422
    post(office, "/bookings/E04/gate/after", {"present": "8", "person_times": "57", "opinions": "5"})
    told = text_of(office.get("/bookings/E04/gate").text)
    assert "多于 8 人相互批评的 56 人次" in told
    assert "会议已召开：到 8 人" in told


def test_all_ripe_materials_are_signed_in_one_tap(programme_app: Flask) -> None:
    signer, office = signed_in(programme_app, site.SUPERVISOR), signed_in(programme_app, site.ORGANIZER)
    answer = post(signer, "/materials/all/steps", {"step": "signed_off", "back": "E10"})
    assert answer.headers["Location"].endswith("/bookings/E10/gate")
    assert "已登记 4 份：同意。" in signer.get("/bookings/E10/gate").text
    assert "已同意 4 / 11 份" in text_of(office.get("/materials").text)
    assert post(office, "/materials/M02/steps", {"step": "signed_off"}).status_code == 403
    assert post(office, "/materials/M02/steps", {"step": "read"}).status_code == 422
    post(signer, "/materials/M02/steps", {"step": "signed_off"})
    assert "还不能“同意”" in signer.get("/materials").text


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_lists_behind_the_lanes(office: FlaskClient) -> None:
    told = text_of(office.get("/opinions?as_of=2014-04-20").text)
    assert "收回 22 / 24 份" in told
    assert "迟收或逾期 4" in told
    assert "44 / 45 人，余 1" in text_of(office.get("/batches").text)
    frequencies = office.get("/frequencies").text
    assert "逾期 19 期" in text_of(frequencies)
    assert 'aria-label="机关党支部、支部委员会、8月、已排、E11"' in frequencies


def test_missing_meetings_are_booked_by_one_tap_and_undone(office: FlaskClient) -> None:
    path = "/frequencies/F1/B3/2014-08"
    assert f'action="{path}"' in office.get("/frequencies").text
    told = post(office, path, {"act": "book"}, follow_redirects=True).text
    assert "已排定：支部委员会" in told
    assert f'action="{path}"' not in told
    cancel = told.partition('/cancel"')[0].rpartition('action="')[2]
    assert cancel.startswith("/bookings/E")
    assert "这一期不缺会" in post(office, path, {"act": "book"}, follow_redirects=True).text
    assert post(office, path, {"act": "hold"}).status_code == 422


def test_period_is_exempt_for_a_reason(office: FlaskClient) -> None:
    path = "/frequencies/F1/B3/2014-07"
    told = text_of(post(office, path, {"act": "exempt", "reason": "换届"}, follow_redirects=True).text)
    assert "不要求的 1" in told
    assert "离退休干部党支部 支部委员会 · 7月 换届" in told
    assert "逾期 18 期" in told
    assert "逾期 19 期" in text_of(post(office, path, {"act": "ask"}, follow_redirects=True).text)
    assert post(office, path, {"act": "exempt", "reason": " "}).status_code == 422


def test_branch_organizer_books_for_the_own_branch(programme_app: Flask) -> None:
    branch = signed_in(programme_app, site.BRANCH)
    told = branch.get("/frequencies").text
    assert "事业单位党支部" not in text_of(told)
    assert ("排这次会" in told, "这一期免" in told) == (True, False)
    assert post(branch, "/frequencies/F4/B1/2014-Q3", {"act": "book"}).status_code == 303
    assert post(branch, "/frequencies/F4/B2/2014-Q3", {"act": "book"}).status_code == 404
    assert post(branch, "/frequencies/F1/B1/2014-07", {"act": "exempt", "reason": "换届"}).status_code == 403


def rows_of(page: str) -> int:
    return page.partition("<tbody>")[2].count('<th scope="row"')


def test_lists_are_narrowed_in_the_address(office: FlaskClient) -> None:
    tasks = office.get("/tasks?as_of=2014-11-05&person=p07&state=late").text
    assert (rows_of(tasks), "经费审查全覆盖" in tasks, "税务代收经费协调机制" in tasks) == (1, True, False)
    assert 'name="person" value="p07"' in tasks
    assert "推进中" in text_of(tasks)
    both = office.get("/tasks?as_of=2014-11-05&person=p07&state=late&unit=D05").text
    assert rows_of(both) in (0, 1)
    assert "没有符合筛选的任务" in office.get("/tasks?as_of=2014-08-01&person=p01&state=open").text
    assert rows_of(office.get("/materials?person=team").text) == 1
    assert rows_of(office.get("/materials?state=returned").text) == 2
    assert rows_of(office.get("/materials?state=nonsense").text) == 0
    late = office.get("/opinions?as_of=2014-04-20&state=late").text
    assert (late.count('<small class="soft num">O'), "收回 22 / 24 份" in text_of(late)) == (4, True)
    first = office.get("/opinions?as_of=2014-04-20").text.partition("<tbody>")[2].partition("</tr>")[0]
    assert "逾期" in first
    narrow = office.get("/batches?unit=u01").text
    assert (narrow.count('<details class="fold"'), "第一期" in narrow) == (1, True)
    assert "清除筛选" in narrow


def test_contact_points_show_who_has_been_there(office: FlaskClient) -> None:
    page = office.get("/visits").text
    told = text_of(page)
    assert "去过 7 / 8 个联系点" in told
    assert page.index("邓永昌") < page.index("沈维岳")
    assert "more_people=" in page
    assert [rows_of(office.get(f"/visits?state={state}").text) for state in ("open", "booked", "visited")] == [0, 1, 7]
    assert rows_of(office.get("/visits?as_of=2014-03-01").text) == 0


def test_task_without_a_leader_is_given_one(programme_app: Flask, office: FlaskClient) -> None:
    with programme_app.app_context():
        db.session.execute(db.text("UPDATE task SET leader_id = NULL WHERE id = 'Z03'"))
        db.session.commit()
    told = office.get("/tasks").text
    assert "没有责任领导 1" in text_of(told)
    assert rows_of(office.get("/tasks?person=nobody").text) == 1
    post(office, "/tasks/Z03/leader", {"leader": "没有这个人"})
    assert "没有责任领导 1" in text_of(office.get("/tasks").text)
    post(office, "/tasks/Z03/leader", {"leader": "陈国梁"})
    assert "由陈国梁负责" in text_of(office.get("/tasks").text)


def test_opinion_is_received_or_waived(office: FlaskClient) -> None:
    assert post(office, "/opinions/O23", {"act": "receive"}).status_code == 303
    assert "O23 已登记收回。" in office.get("/opinions").text
    post(office, "/opinions/O24", {"act": "waive"})
    assert "不再征求：O24" in text_of(office.get("/opinions").text)
    assert post(office, "/opinions/O24", {"act": "read"}).status_code == 422


def test_before_there_is_a_campaign_one_is_to_be_begun(databases: Databases, tmp_path: Path) -> None:
    from scheduler.app import create_app

    address = databases.make("sqlite", site.only_an_organizer)
    app = create_app(site.a_config(tmp_path, address))
    app.testing = True
    visitor = signed_in(app, "organizer")
    assert "还没有活动" in visitor.get("/progress").text
    assert visitor.get("/progress/urgent").text == ""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    databases.drop(address)
