import pytest
from click import Context

from scheduler.cli.main import root
from tests.command_line import CommandLine


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        ("coverag", "没有命令 coverag（是 coverage 吗？）。", "No such command 'coverag'."),
        ("coverage --as-off 2014-08-01", "没有选项 --as-off（是 --as-of 吗？）。", "No such option '--as-off'."),
        ("coverage --as-of", "选项 --as-of 后面缺少内容。", "Option '--as-of' requires an argument."),
        ("coverage surplus", "多余的内容：surplus。", "surplus"),
        ("book talk --people p02,p07 --minutes 45", "缺少 --start。", "Missing option '--start'"),
        ("attend S09 p03", "要写 PERSON 和 STATUS，或 --roll-call。", "PERSON and STATUS, or --roll-call."),
        ("attend S09 p03 asleep", "STATUS：“asleep”不在其中：attended、", 'STATUS: "asleep" is none of attended, '),
        (
            "book talk --people p02 --start 2014-08-20T09:00 --minutes 45 --group=yes",
            "选项 --group 后面不能有内容。",
            "--group",
        ),
        ("serve --port 70000", "--port：“70000”不是 1 到 65535 的整数。", "--port:"),
        (
            "feeds issue",
            "--person、--room、--group 须且只能写一个，或只写 --campaign。",
            "Exactly one of --person, --room and --group is needed, or --campaign alone.",
        ),
        (
            "book talk --start 2014-08-20T09:00 --minutes 45",
            "缺少 --people 或 --audience。",
            "--people or --audience is missing.",
        ),
        (
            "book lunch --people p02 --start 2014-08-20T09:00 --minutes 45",
            "KIND：没有“lunch”这一类",
            'KIND: "lunch" is none of',
        ),
        ("bookings --on 2014-08-20 --from 2014-08-01", "--on 不能与 --from、--to 同用。", "--on does not go with"),
        ("bookings --from 2014-08-20 --to 2014-08-01", "--from 晚于 --to。", "--from is later than --to."),
    ],
)
def test_wrong_use_is_one_sentence_in_either_language(cli: CommandLine, words: str, chinese: str, english: str) -> None:
    for lang, sentence in (("zh", chinese), ("en", english)):
        answer = cli(*words.split(), "--json", "--lang", lang)
        assert (answer.status, answer.out) == (2, ""), words
        assert sentence in answer.err
        assert len(answer.err.splitlines()) == 1


def test_every_command_explains_itself_in_english_alone(cli: CommandLine) -> None:
    commands = sorted(root().list_commands(Context(root())))

    assert "coverage" in commands
    for name in ("", *commands):
        answer = cli(*name.split(), "--help", "--lang", "en")
        assert answer.status == 0
        assert not [letter for letter in answer.out if "\u4e00" <= letter <= "\u9fff"], name
