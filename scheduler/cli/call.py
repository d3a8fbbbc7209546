"""One call of the command line: what may stand anywhere, and what every command is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config import LANGUAGES, Config, Language
from scheduler.cli import printing, who
from scheduler.core.ground.access import OPERATOR, Actor
from scheduler.core.ground.clock import Clock
from scheduler.core.ground.errors import Busy, NotFound
from scheduler.core.ground.ids import CampaignId, PersonId
from scheduler.wording import texts
from scheduler.wording.readers import Reader
from scheduler.wording.vocabularies import speak

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from scheduler.services.ground.schema import Session


def said(text: str, lang: str, /, **values: object) -> str:
    """A text of the command line in a language; its texts stand under a context of their own in the catalogues."""
    return texts.say(text if texts.BETWEEN in text else texts.within("command line", text), lang, **values)


def said_in_all(text: str, /, **values: object) -> str:
    """The same in every language, as long as nobody knows which one is wanted."""
    return " / ".join(said(text, lang, **values) for lang in LANGUAGES)


class Misused(ValueError):
    """The command was called wrongly; the sentence says how, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The neighbours that `serve` and `worker` open; the command line knows them by these two handles only."""

    create_app: Callable[[Config], object]
    work: Callable[[Config, int | None], None]
    """The number: the parent process, with which it stops."""


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """What was said on the command line besides the command itself."""

    rest: tuple[str, ...]
    """The words without the general options."""
    is_json: bool = False
    person: str = ""
    """Whose rights the command runs with; empty: the operator's."""
    language: Language | None = None
    campaign: str = ""
    """Which campaign the command is about, by id or name; empty: the one that the day means."""


def take_out(words: Sequence[str]) -> GlobalOptions:
    """Find `--json`, `--as PERSON`, `--campaign C` and `--lang` wherever they stand before a bare `--`."""
    rest: list[str] = []
    values = {"--as": "", "--lang": "", "--campaign": ""}
    is_json = False
    waiting = iter(words)
    for word in waiting:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *waiting]
        elif word == "--json":
            is_json = True
        elif name in values:
            values[name] = value if equals else next(waiting, "")
            if not values[name]:
                raise Misused(said_in_all("%(option)s 后面缺少内容。", option=name))
        else:
            rest.append(word)
    return GlobalOptions(tuple(rest), is_json, values["--as"], _language(values["--lang"]), values["--campaign"])


def _language(text: str) -> Language | None:
    """One of the languages, or none given."""
    if text and text not in LANGUAGES:
        text_of = "--lang 只能是 %(languages)s，不能是“%(text)s”。"
        raise Misused(
            " / ".join(said(text_of, lang, languages=texts.either(LANGUAGES, lang), text=text) for lang in LANGUAGES)
        )
    return text or None


@dataclass(frozen=True)
class Call:
    """Everything a command needs to know besides its own words."""

    config: Config
    given: GlobalOptions
    doors: Doors
    clock: Clock
    environ: Mapping[str, str]

    @property
    def lang(self) -> Language:
        """The reader's language."""
        return self.given.language or self.config.language

    def say(self, text: str, /, **values: object) -> str:
        """A text in the reader's language."""
        return said(text, self.lang, **values)

    def heads(self, text: str) -> list[str]:
        """The heads of a table, which stand in one text with ` | ` between them."""
        return self.say(text).split(" | ")

    def joined(self, words: Iterable[str]) -> str:
        """Several words in a row, as the reader's language writes it."""
        return texts.listed(words, self.lang)

    @contextmanager
    def opened(self) -> Iterator[tuple[Session, Actor]]:
        """The database, ready for use, and who asks; a database without tables is refused with a sentence.

        From here on the command speaks in the office's words.
        """
        from scheduler.services.ground import organisation, schema
        from scheduler.services.mail import channels as mailing

        with schema.opened(self.config.database_url) as session:
            speak(organisation.spoken(session))
            mailing.queue(session, self.config.mail.bundle if self.config.mail else None)
            self.campaign(session)
            yield session, self._actor(session)
            self._follow(session)

    def _follow(self, session: Session) -> None:
        """Let calendars follow what the command changed."""
        from scheduler.services.ground import journal

        if journal.was_changed(session):
            from scheduler.services.feeds import changes as feed_changes  # slow to import, and most commands only read

            with suppress(Busy):  # the next round of the worker will do
                feed_changes.catch_up(session, self.clock)

    def _actor(self, session: Session) -> Actor:
        """The person named by `--as`, by id or name; without it the operator."""
        if not self.given.person:
            return OPERATOR
        from scheduler.services.accounts import register as accounts

        try:
            return accounts.actor_of(session, PersonId(self.given.person), self.clock)
        except NotFound:
            return accounts.actor_of(session, self.person(session, self.given.person), self.clock)

    def campaign(self, session: Session) -> CampaignId | None:
        """The campaign that `--campaign` names, by id or name; None: none was named."""
        if not self.given.campaign:
            return None
        from scheduler.services.campaigns import register

        return register.named(session, self.given.campaign).id

    def campaign_on(self, session: Session, day: date | None = None) -> CampaignId | None:
        """The same; where none was named and several cover the day (today when None), say which one answers."""
        if self.given.campaign:
            return self.campaign(session)
        from scheduler.services.campaigns import register

        chosen = register.chosen(session, day, self.clock)
        if chosen and chosen.others:
            others = self.joined(f"{campaign.id} {campaign.name}" for campaign in chosen.others)
            text = "这一天有几个活动，按主活动 %(id)s %(name)s 回答；另有 %(others)s，可用 --campaign 指定。"
            printing.note(self.say(text, id=chosen.campaign.id, name=chosen.campaign.name, others=others))
        return None

    def person(self, session: Session, text: str) -> PersonId:
        """The one who is meant, by id or name."""
        return self.people(session, [text])[0]

    def people(self, session: Session, texts: Iterable[str]) -> tuple[PersonId, ...]:
        """Those who are meant, each once, in the order given; nobody when nobody was named."""
        named = list(texts)
        if not named:
            return ()
        from scheduler.services.organisation import people

        roster = people.roster(session, OPERATOR, None, self.clock)
        try:
            return tuple(dict.fromkeys(who.meant(roster, text) for text in named))
        except who.Ambiguous as error:
            ids = self.joined(error.people)
            raise Misused(
                self.say(
                    "“%(name)s”有 %(count)s 人（%(ids)s），请用编号。",
                    name=error.name,
                    count=len(error.people),
                    ids=ids,
                )
            ) from None

    def reader(self, zone: ZoneInfo | None = None) -> Reader:
        """For whom the answer is: times are told by the clock of the zone."""
        return Reader(self.lang, zone)

    def answer(self, document: object, lines: Callable[[], Iterable[str]]) -> None:
        """Print the answer: the document when `--json` was said (or what a function gives then), else lines for the reader."""
        try:
            if self.given.is_json:
                printing.document(document() if callable(document) else document)
            else:
                printing.say(*lines())
        except BrokenPipeError:
            printing.nobody_listens()
