from tests.command_line import CommandLine


def test_what_hangs_is_listed_and_nothing_is_gone(sample: CommandLine) -> None:
    refused = sample("remove", "person", "文静", "--json")

    assert refused.status == 1
    assert refused.json["removed"] is False
    hanging = {line["what"]: line for line in refused.json["hanging"]}
    assert "T041" in hanging["participant"]["bookings"]
    assert hanging["participant"]["subject"] == "p03"
    told = sample("remove", "room", "R04", "--dry-run").out
    assert told.startswith("不能删除 R04，仍有关联记录：\n  日程 ")


def test_what_nothing_hangs_on_is_removed(sample: CommandLine) -> None:
    contact = "x99"
    assert sample("remove", "contact", contact).status == 2
    would = (
        sample.json("remove", "room", "R07", "--dry-run")
        if not sample("remove", "room", "R07", "--dry-run").status
        else None
    )
    if would:
        assert would == {"id": "R07", "removed": False, "hanging": []}
        assert sample("remove", "room", "R07").out == "已删除 R07。\n"
        assert "R07" not in sample("doctor").out
