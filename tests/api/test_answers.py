"""A yes of the API."""

from flask import Flask

from scheduler.api import answers


def test_chinese_stays_chinese() -> None:
    with Flask("x").app_context():
        answer = answers.document({"name": "文静"}, 201)

    assert (answer.status_code, answer.content_type) == (201, "application/json")
    assert answer.get_data(as_text=True) == '{"name": "文静"}\n'
