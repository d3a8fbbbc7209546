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


def status_text(status: int, lang: str = "zh") -> str:
    """The sentence for an HTTP status."""
    return say(_STATUSES.get(status, _STATUSES[400 if status < 500 else 500]), lang)
