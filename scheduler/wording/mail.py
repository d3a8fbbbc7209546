"""Why mail cannot be sent, as those read it who run the server."""

from scheduler.wording.texts import say

_FAILURES = {
    "bad_address": "邮箱地址不对",
    "recipient_refused": "邮件服务器不收这个收件人",
    "message_refused": "邮件服务器不收这封邮件",
    "sign_in_refused": "邮件服务器不认 SMTP_USER 与 SMTP_PASSWORD",
    "sender_refused": "邮件服务器不收 MAIL_FROM 发出的邮件",
    "not_supported": "邮件服务器不支持所要的加密或登录方式（SMTP_TLS）",
    "not_trusted": "邮件服务器的证书不可信；自签证书请设 SSL_CERT_FILE",
    "too_slow": "邮件服务器没有及时回答",
    "dropped": "邮件服务器中途断开",
    "unreachable": "连接不上邮件服务器（SMTP_HOST、SMTP_PORT）",
}


def failure(kind: str, lang: str = "zh") -> str:
    """Why a message was not taken."""
    return say(_FAILURES[kind], lang)
