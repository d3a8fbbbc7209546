from scheduler.wording.mail import _FAILURES, failure


def test_every_failure_has_a_sentence_in_both_languages() -> None:
    assert failure("too_slow") == "邮件服务器没有及时回答"
    assert failure("too_slow", "en") == "the mail server did not answer in time"
    assert all(failure(kind, "en").isascii() and not failure(kind).isascii() for kind in _FAILURES)
