from scheduler.core.ground.agenda import AgendaItem


def test_a_point_as_lists_have_it() -> None:
    assert [str(AgendaItem("讨论")), str(AgendaItem("传达文件", speaker="督导组", minutes=20))] == [
        "讨论",
        "传达文件（20′）",
    ]
