"""What is said when a request cannot be answered, by HTTP status."""

_STATUSES = {
    400: ("请求无法理解", "The request cannot be understood"),
    401: ("请先登录", "Please sign in first"),
    403: ("没有权限", "You may not do this"),
    404: ("没有找到", "There is nothing here"),
    405: ("这里不能这样操作", "This cannot be done here"),
    406: ("没有这种格式", "There is no such format"),
    409: ("与现有安排冲突", "It clashes with what is there"),
    413: ("内容太大", "This is too large"),
    414: ("地址太长", "The address is too long"),
    415: ("不支持这种内容格式", "This kind of content is not understood"),
    422: ("填写的内容有误", "Something that was filled in is wrong"),
    428: ("缺少必要的条件", "A condition is missing"),
    429: ("操作太频繁，请稍后再试", "Too often; try again later"),
    500: ("系统出错，已记录", "Something went wrong here; it was noted"),
    503: ("系统正忙，请稍后再试", "Too busy just now; try again in a moment"),
}


def status_text(status: int, lang: str = "zh") -> str:
    """The sentence for an HTTP status."""
    return _STATUSES.get(status, _STATUSES[400 if status < 500 else 500])[0 if lang == "zh" else 1]
