"""What is said when a request cannot be answered, by HTTP status."""

from scheduler.wording.texts import say, words

_STATUSES = words(
    "status",
    {
        400: "请求无法理解",
        401: "请先登录",
        403: "没有权限",
        404: "没有找到",
        405: "这里不能这样操作",
        406: "没有这种格式",
        409: "与现有安排冲突",
        413: "内容太大",
        414: "地址太长",
        415: "不支持这种内容格式",
        422: "填写的内容有误",
        428: "缺少必要的条件",
        429: "操作太频繁，请稍后再试",
        500: "系统出错，已记录",
        503: "系统正忙，请稍后再试",
    },
)


_AWAY = "数据库暂时用不了，请稍后再试"
_FULL = "磁盘已满，什么也保存不了；请联系管理员"


def away_text(lang: str = "zh", *, is_full: bool) -> str:
    """What is said while the database cannot be asked, or keeps nothing more."""
    return say(_FULL if is_full else _AWAY, lang)


def status_text(status: int, lang: str = "zh") -> str:
    """The sentence for an HTTP status."""
    return say(_STATUSES.get(status, _STATUSES[400 if status < 500 else 500]), lang)
