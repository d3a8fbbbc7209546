"""Files of rules, YAML or JSON, as plain data; what cannot be read is refused with the line it stands in."""

import json
from collections.abc import Hashable, Iterable
from typing import Any, NoReturn

import yaml

from scheduler.core.ground.errors import Malformed
from scheduler.documents.text import clean

MAX_BYTES = 1024 * 1024
"""Bytes."""
DEEPEST = 40
MAX_NODES = 100_000
"""Counted with every alias written out."""
MAX_ALIASES = 100


class _YamlReader(yaml.CSafeLoader):
    """YAML's safe words, but a day stays text, `yes` and `no` too, and a key that stands twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping; every key once."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen and key.value != "<<":
                    raise _Twice(key.value, _line(key.start_mark))
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_READ_AS_TEXT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:float")
_YamlReader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _READ_AS_TEXT]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class _Twice(ValueError):
    """A key that stands twice in one mapping."""

    def __init__(self, key: str, line: int | None = None) -> None:
        super().__init__(key)
        self.key, self.line = key, line


def decoded(name: str, data: bytes) -> str:
    """The text of a file, UTF-8 or GB18030. Raises Malformed when it is too large, or no text."""
    if len(data) > MAX_BYTES:
        raise Malformed("unreadable_file", name, reason="too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(name, "not_text")


def read(name: str, text: str) -> object:
    """The plain data of a file: mappings, lists, texts, whole numbers. Raises Malformed."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise Malformed("unreadable_file", name, reason="too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    try:
        return _plain(_parsed(name, text))
    except _Twice as error:
        raise Malformed("duplicate_key", name, key=clean(error.key), line=error.line) from None
    except json.JSONDecodeError as error:
        raise Malformed("not_json", name, line=error.lineno) from None
    except yaml.YAMLError as error:
        raise _unreadable(name, "not_yaml", _line(getattr(error, "problem_mark", None))) from None
    except RecursionError:
        raise _unreadable(name, "too_deep") from None
    except Malformed:
        raise
    except (ValueError, TypeError):
        raise _unreadable(name, "not_yaml") from None


def _unreadable(name: str, reason: str, line: int | None = None) -> Malformed:
    return Malformed("unreadable_file", name, reason=reason, line=line)


def _line(mark: object) -> int | None:
    """The number of the line that a mark stands in, as people count."""
    number = getattr(mark, "line", None)
    return None if number is None else number + 1


def _parsed(name: str, text: str) -> object:
    """What JSON gives for a file that is called so or reads so, else what YAML gives."""
    if name.endswith(".json") or text.lstrip().startswith(("{", "[")):
        try:
            return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        except json.JSONDecodeError:
            if name.endswith(".json"):
                raise
    return _yaml(name, text)


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """A mapping of JSON; every key once."""
    mapping: dict[str, object] = {}
    for key, value in pairs:
        if key in mapping:
            raise _Twice(key)
        mapping[key] = value
    return mapping


def _no_number(word: str) -> NoReturn:
    """JSON has no NaN and no Infinity, whatever Python thinks."""
    raise ValueError(word)


def _yaml(name: str, text: str) -> object:
    """What YAML gives, after a look at how much that will be."""
    _look(name, text)
    reader = _YamlReader(text)
    try:
        node = reader.get_single_node()
        if node is None:
            return None
        _weigh(name, node, {})
        return reader.construct_document(node)
    finally:
        reader.dispose()


def _look(name: str, text: str) -> None:
    """Refuse what nests too deep or refers to itself too often, before anything is built from it."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_YamlReader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > DEEPEST or aliases > MAX_ALIASES:
            raise _unreadable(name, "too_deep", _line(event.start_mark))


def _weigh(name: str, node: yaml.Node, weights: dict[int, int]) -> int:
    """How many nodes there are when every alias is written out. Raises Malformed when there are too many."""
    if id(node) in weights:
        return weights[id(node)]
    weights[id(node)] = MAX_NODES  # what holds itself never ends
    inner = node.value if isinstance(node, yaml.CollectionNode) else ()
    parts = (part for item in inner for part in (item if isinstance(item, tuple) else (item,)))
    weights[id(node)] = weight = 1 + sum(_weigh(name, part, weights) for part in parts)
    if weight > MAX_NODES:
        raise _unreadable(name, "too_deep", _line(node.start_mark))
    return weight


def _plain(node: object, depth: int = 0) -> object:
    """The same with every text cleaned; anything but mappings, lists, texts and whole numbers is refused."""
    if depth > DEEPEST:
        raise RecursionError
    match node:
        case None | bool() | int():
            return node
        case str():
            return clean(node)
        case dict():
            return {clean(key) if isinstance(key, str) else key: _plain(v, depth + 1) for key, v in node.items()}
        case list():
            return [_plain(value, depth + 1) for value in node]
        case _:
            return clean(str(node))
