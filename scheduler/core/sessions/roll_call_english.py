"""English ways of writing a roll call that part names otherwise than Chinese ones do, brought into the order in which one is read."""

import re

from scheduler.core.sessions.roll_call_names import CalledNames

_ALL = r"(?:all|everybody|everyone)(?: (?:members|people|participants|of us|of them))?"
_CAME = r"(?:(?:was|were|is|are) )?(?:present|here|there|in attendance|attended|came|on time|attending)"
_ALL_BUT = re.compile(
    rf"\b{_ALL}(?: {_CAME})?,? (?:except(?: for)?|but|apart from|other than|save) (?P<who>[^.;\n]{{1,200}}?)(?: {_CAME})?(?=[.;\n]|$)"
)
_OF = re.compile(
    r"\b(?:(?:attended|attendance|present)\s*:?\s*)?(?P<came>\d{1,5}) (?:out )?of (?P<called>\d{1,5})\b(?: (?:were|was))?(?: (?:present|attended|came|there))?"
)
_WHO_WAS = re.compile(r",? who (?=was|were|is|are|had|has|left|came|did)")
_APOLOGIES = re.compile(r"\b(?P<word>apologies|regrets)(?: for absence)?(?: were)?(?: received)?(?: from)?\s*:?\s*")
_NOBODY_AWAY = re.compile(
    r"\b(?:full attendance|(?:nobody|no one|none) (?:was |were |is )?(?:missing|absent|away)|no absen(?:ces|tees))\b"
)
_ABSENT_WITH = re.compile(r"\babsent with (?=apologies|leave\b)")
_ALL_OF_THEM = re.compile(r"\((?:all|both) (?P<said>[^)]*)\)\s*$")
_AND = re.compile(r",? and (?=[^,;]{1,60}$)")


def read_in_order(text: str, names: CalledNames) -> str:
    """A text in lower case with 'Abbott, Claire' turned round, and who is excepted from 'all' named before the rest."""
    for name in names.latin:
        first, _, last = name.rpartition(" ")
        text = re.sub(rf"\b{re.escape(last)},\s*{re.escape(first)}\b", name, text)
    text = _WHO_WAS.sub(" ", _ABSENT_WITH.sub("", text))
    text = _NOBODY_AWAY.sub("everybody present", text)
    text = _APOLOGIES.sub(r"\g<word>: ", text)
    text = _OF.sub(r"\g<called> expected, \g<came> present", text)
    return _ALL_BUT.sub(lambda match: f"except {_one_by_one(match['who'])}外,the rest present", text)


def _one_by_one(who: str) -> str:
    """Names with commas between them, and what is said of all of them behind the last."""
    return _AND.sub(", ", _ALL_OF_THEM.sub(r"\g<said>", who))
