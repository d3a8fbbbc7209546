"""Why mail cannot be sent, as those read it who run the server."""

_FAILURES = {
    "bad_address": ("邮箱地址不对", "the address is none"),
    "recipient_refused": ("邮件服务器不收这个收件人", "the mail server does not take this recipient"),
    "message_refused": ("邮件服务器不收这封邮件", "the mail server does not take this message"),
    "sign_in_refused": (
        "邮件服务器不认 SMTP_USER 与 SMTP_PASSWORD",
        "the mail server refuses SMTP_USER and SMTP_PASSWORD",
    ),
    "sender_refused": ("邮件服务器不收 MAIL_FROM 发出的邮件", "the mail server takes no mail from MAIL_FROM"),
    "not_supported": (
        "邮件服务器不支持所要的加密或登录方式（SMTP_TLS）",
        "the mail server does not offer this encryption or sign-in (SMTP_TLS)",
    ),
    "not_trusted": (
        "邮件服务器的证书不可信；自签证书请设 SSL_CERT_FILE",
        "the mail server's certificate is not trusted; SSL_CERT_FILE names one of your own",
    ),
    "too_slow": ("邮件服务器没有及时回答", "the mail server did not answer in time"),
    "dropped": ("邮件服务器中途断开", "the mail server hung up"),
    "unreachable": (
        "连接不上邮件服务器（SMTP_HOST、SMTP_PORT）",
        "the mail server cannot be reached (SMTP_HOST, SMTP_PORT)",
    ),
}


def failure(kind: str, lang: str = "zh") -> str:
    """Why a message was not taken."""
    chinese, english = _FAILURES[kind]
    return english if lang == "en" else chinese
