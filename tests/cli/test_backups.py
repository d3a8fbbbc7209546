from pathlib import Path

from tests.command_line import CommandLine


def test_a_backup_goes_back_in_and_what_was_there_is_kept(sample: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "monday"
    said = sample.json("backup", file)
    assert (said["ok"], said["file"], said["bytes"]) == (True, str(file), file.stat().st_size)
    sample.json("cancel", "T049")

    assert sample.json("restore", file, status=1)["error"] == "not_empty"
    kept = Path(sample.json("restore", file, "--replace")["kept"])

    talk = [booking for booking in sample.json("bookings", "--kind", "talk") if booking["id"] == "T049"]
    assert [booking["status"] for booking in talk] == ["held"]
    assert kept.parent == tmp_path
    assert kept.exists()


def test_a_new_installation_begins_with_a_backup(sample: CommandLine, tmp_path: Path) -> None:
    sample("backup", tmp_path / "monday")
    folder = tmp_path / "new" / "instance"
    new = CommandLine(f"sqlite:///{folder / 'tanxin.sqlite'}", folder)

    answer = new("restore", tmp_path / "monday")

    assert answer.status == 0, answer.err
    assert "所有人要重新登录" in answer.out
    assert new.json("study", "--as-of", "2014-08-01") == sample.json("study", "--as-of", "2014-08-01")


def test_why_not_is_a_sentence(sample: CommandLine, nowhere: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all,", encoding="utf-8")

    assert sample("restore", tmp_path / "letter").err == f"{tmp_path / 'letter'} 不是 backup 写的文件\n"
    assert sample("backup", tmp_path / "letter").err == f"{tmp_path / 'letter'} 已经存在；换一个名字，或加 --replace\n"
    assert sample("backup", tmp_path / "letter", "--as", "p03").status == 2
    assert nowhere("backup", tmp_path / "new").err == "数据库还没有建立，请先运行：python -m scheduler init\n"
    assert (tmp_path / "letter").read_text(encoding="utf-8") == "Dear all,"
    assert "damaged" not in sample.json("restore", tmp_path / "letter", status=1)["text"]
