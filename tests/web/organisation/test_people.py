"""People: the list by unit in rank order, somebody's page as far as one may know it, editing from a day on."""

from flask.testing import FlaskClient

from tests.web.coverage.test_home import text_of
from tests.web.visiting import post


def main_of(html: str) -> str:
    return text_of(html.partition("<main")[2].partition("</main>")[0])


def test_people_stand_by_unit_in_rank_order(member: FlaskClient) -> None:
    told = main_of(member.get("/people").text)

    assert "共 100 人" in told
    assert told.index("沈维岳") < told.index("陈国梁") < told.index("文静")
    assert "分管权益保障部、分管劳动和经济工作部、分管职工服务中心" in told


def test_people_stand_in_the_order_that_is_chosen_and_the_line_under_them_says_so(member: FlaskClient) -> None:
    strokes = main_of(member.get("/people?category=leader&order=strokes").text)
    sounds = main_of(member.get("/people?category=leader&order=pinyin").text)

    assert (
        strokes.index("王海波") < strokes.index("文静") < strokes.index("郑守正") < strokes.index("（按姓氏笔画排序）")
    )
    assert sounds.index("陈国梁") < sounds.index("邓永昌") < sounds.index("欧阳慧") < sounds.index("（按姓名拼音排序）")
    assert "（按" not in main_of(member.get("/people").text)


def test_people_are_found_by_name_unit_branch_and_category(organizer: FlaskClient) -> None:
    assert "符合条件 1 人" in organizer.get("/people?q=潘子墨").text
    assert "符合条件 17 人" in organizer.get("/people?unit=I01").text
    assert "符合条件 9 人" in organizer.get("/people?branch=B3").text
    assert "符合条件 4 人" in organizer.get("/people?category=supervision").text
    assert "没有符合条件的人" in organizer.get("/people?q=没有这个人").text


def test_organizer_sees_absences_and_may_enter_occurrences(organizer: FlaskClient) -> None:
    told = main_of(organizer.get("/people/p19").text)

    assert "8月11日—15日 出差" in told
    assert "情形" in told


def test_member_sees_of_others_neither_absences_nor_occurrences(member: FlaskClient) -> None:
    told = main_of(member.get("/people/p19").text)

    assert "高富" in told
    assert "出差" not in told
    assert "情形" not in told
    assert "政治面貌" not in told


def test_occurrence_is_entered_and_removed_on_the_persons_page(organizer: FlaskClient) -> None:
    page = post(
        organizer, "/people/p30/occurrences", {"kind": "award", "day": "2014-07-30"}, follow_redirects=True
    ).text

    assert "2014年7月30日 受到表彰" in text_of(page)
    number = page.partition("/people/p30/occurrences/")[2].partition("/")[0]
    assert (
        "受到表彰"
        not in text_of(
            post(organizer, f"/people/p30/occurrences/{number}/remove", follow_redirects=True).text
        ).partition("受到表彰 受到处分")[0]
    )


def test_occurrence_without_a_day_is_said_beside_the_field(organizer: FlaskClient) -> None:
    response = post(organizer, "/people/p30/occurrences", {"kind": "award", "day": "soon"})

    assert response.status_code == 422
    assert "“soon”不是日期" in response.text


def test_person_is_corrected(organizer: FlaskClient) -> None:
    form = organizer.get("/people/p27/edit").text
    assert 'value="白雪"' in form

    page = post(
        organizer,
        "/people/p27/edit",
        {"name": "白雪", "unit": "D02", "position": "副部长", "rank": "40", "category": "staff"},
        follow_redirects=True,
    ).text

    assert "副部长" in page
    assert "组织部" in page


def test_change_from_a_day_on_leaves_the_days_before(organizer: FlaskClient) -> None:
    change = {
        "name": "高富",
        "unit": "I01",
        "position": "调研员",
        "rank": "19",
        "category": "staff",
        "valid_from": "2014-08-04",
    }

    post(organizer, "/people/p19/edit", change)

    assert "调研员" not in main_of(organizer.get("/people?q=高富").text)
    assert "调研员" in main_of(organizer.get("/people?q=高富&as_of=2014-08-04").text)


def test_person_without_a_name_is_not_written(organizer: FlaskClient) -> None:
    response = post(organizer, "/people/p27/edit", {"name": " ", "rank": "first", "unit": "X9"})

    assert response.status_code == 422
    for sentence in ("请填写这一项", "应为 0 到 1000000 之间的整数", "没有“X9”这一选项"):
        assert sentence in response.text


def test_only_organizers_edit(member: FlaskClient, supervisor: FlaskClient) -> None:
    for client in (member, supervisor):
        assert client.get("/people/p27/edit").status_code == 403
        assert post(client, "/people/p27/occurrences", {"kind": "award", "day": "2014-07-30"}).status_code == 403


def test_unknown_person_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get("/people/p999").status_code == 404


def test_a_mail_address_is_written_and_only_a_real_one(organizer: FlaskClient) -> None:
    known = {"name": "白雪", "unit": "D05"}
    assert post(organizer, "/people/p27/edit", {**known, "email": "bai@example.org"}).status_code == 303
    assert 'value="bai@example.org"' in organizer.get("/people/p27/edit").text
    refused = post(organizer, "/people/p27/edit", {**known, "email": "bai@"})
    assert refused.status_code == 422
    assert "请填写一个邮箱地址。" in refused.text
    assert "bai@example.org" not in organizer.get("/people").text
