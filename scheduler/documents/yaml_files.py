"""YAML files: the organisation's, and files of rules. Every scalar is read as the text that stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from scheduler.core.ground.errors import Malformed
from scheduler.documents.text import clean

MAX_DEPTH = 40
MAX_EVENTS = 500_000
_BROKEN = (yaml.YAMLError, RecursionError, TypeError, ValueError, OverflowError)
"""What the readers of YAML raise for what is none."""

Node = str | list["Node"] | dict[str, "Node"]


class DocumentKind(StrEnum):
    """YAML files that can be imported."""

    ORGANISATION = "organisation"
    TALK_RULES = "talk_rules"
    MEETING_RULES = "meeting_rules"


_KEYS = {
    DocumentKind.TALK_RULES: {"presets"},
    DocumentKind.MEETING_RULES: {"frequency", "preconditions"},
    DocumentKind.ORGANISATION: {
        "organisation", "working_time", "activity", "groups", "roles", "units", "extended_talks", "rooms", "people",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file that was known by its keys."""

    file: str
    kind: DocumentKind
    content: Mapping[str, Node]
    """Mappings, lists and texts; of rule files, `plain` is what to read."""
    plain: object = None
    """Of a rule file: the same with numbers, yes and no as YAML understands them."""


def read(name: str, text: str) -> Document:
    """The document in a YAML file; raises Malformed `unreadable_file` or `unknown_table`."""
    content = load(name, text)
    if isinstance(content, dict):
        for kind, keys in _KEYS.items():
            if keys & content.keys():
                plain = load_plain(name, text) if kind is DocumentKind.TALK_RULES else None
                return Document(name, kind, content, plain)
        if any(map(is_list_of_lists, content.values())):  # nothing but lists that rules refer to
            return Document(name, DocumentKind.ORGANISATION, content)
        if content:
            keys_known = tuple(sorted(set().union(*_KEYS.values())))
            raise Malformed("unknown_keys", name, keys=tuple(clean(str(key))[:60] for key in content), known=keys_known)
    raise Malformed("unknown_table", name, header=clean(text[:60]), known=tuple(kind.value for kind in DocumentKind))


def is_list_of_lists(node: Node) -> bool:
    """Whether something is a list of lists, as the pairs that rules refer to are."""
    return isinstance(node, list) and bool(node) and all(isinstance(part, list) for part in node)


def load(name: str, text: str) -> Node:
    """A YAML file as mappings, lists and texts; aliases and deep nesting are refused, for they can be made to explode."""
    try:
        _measure(name, text)
        return _cleaned(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - it makes nothing but texts
    except Malformed:
        raise
    except _BROKEN as error:
        raise _unreadable(name, error) from error


def load_plain(name: str, text: str) -> object:
    """A YAML file as YAML understands it, numbers and days included; what is refused by `load` is refused here too."""
    try:
        _measure(name, text)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except Malformed:
        raise
    except _BROKEN as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> Malformed:
    """What is said of a file that is no YAML, and where it stops being any."""
    mark = getattr(error, "problem_mark", None)
    return Malformed("unreadable_file", name, reason="not_yaml", line=mark.line + 1 if mark else None)


def _measure(name: str, text: str) -> None:
    """Refuse what nests too deep or refers to itself, before anything is built from it."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CBaseLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or number > MAX_EVENTS or isinstance(event, yaml.AliasEvent):
            raise Malformed("unreadable_file", name, reason="too_deep")


def _cleaned(node: object) -> Node:
    """The same with every text cleaned; `null` and `~` are empty."""
    match node:
        case dict():
            return {clean(str(key)): _cleaned(value) for key, value in node.items()}
        case list():
            return [_cleaned(value) for value in node]
        case _:
            text = clean(str(node))
            return "" if text in ("null", "~", "Null", "NULL") else text
