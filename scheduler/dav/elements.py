"""XML in and out. In: no document type, so no entities; not too deep. Out: everything escaped."""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from werkzeug.exceptions import BadRequest

DEEPEST = 32
"""Elements within elements; no request of a calendar program comes near."""
_PREFIXES = {
    "DAV:": "D",
    "urn:ietf:params:xml:ns:caldav": "C",
    "http://calendarserver.org/ns/": "S",
    "http://apple.com/ns/ical/": "A",
}
_NAMESPACES = {prefix: namespace for namespace, prefix in _PREFIXES.items()}
_DECLARED = "".join(f' xmlns:{prefix}="{namespace}"' for prefix, namespace in _NAMESPACES.items())
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def name(short: str) -> str:
    """`D:prop` in full, `{DAV:}prop`."""
    prefix, _, local = short.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def read(data: bytes) -> Element:
    """The root of a document; BadRequest for what is none, or could be dangerous."""
    parser, builder = expat.ParserCreate(namespace_separator="}"), TreeBuilder()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadRequest
        builder.start(_clark(tag), attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_clark(tag))

    def refuse(*_: Any) -> None:
        raise BadRequest

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.data, refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadRequest from error
    return builder.close()


def _clark(tag: str) -> str:
    return "{" + tag if "}" in tag else tag


def element(short: str, *inner: str) -> str:
    """`D:prop` with what stands in it, written already."""
    return f"<{short}>{''.join(inner)}</{short}>" if inner else f"<{short}/>"


def words(plain: str) -> str:
    """A text as XML has it; a reader gets every character of it, line ends too."""
    return escape(_NO_XML.sub("", plain), {"\r": "&#13;"})


def text(short: str, plain: str) -> str:
    """An element with a text."""
    return element(short, words(plain))


def href(*addresses: str) -> str:
    """Addresses, each in an element of its own."""
    return "".join(text("D:href", address) for address in addresses)


def named(full: str, inner: str = "") -> str:
    """An element by its full name, whosever it is."""
    namespace, _, local = full.rpartition("}")
    namespace = namespace.removeprefix("{")
    if prefix := _PREFIXES.get(namespace):
        return element(f"{prefix}:{local}", *([inner] if inner else []))
    return f"<X:{local} xmlns:X={quoteattr(namespace)}/>" if namespace else f"<{local}/>"


def document(short: str, inner: Iterable[str]) -> bytes:
    """A whole document."""
    body = "".join(inner)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{short}{_DECLARED}>{body}</{short}>\n'.encode()
