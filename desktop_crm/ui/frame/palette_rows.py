"""What the palette lists: people first, then what can be done, then where one can go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum

from desktop_crm.cheap import fixed
from desktop_crm.privacy.folding import fold
from desktop_crm.ui.actions import BY_KEY, Action, Bindings, Group, Needs, in_group, key_text
from desktop_crm.words import M, Words

MOST_PEOPLE = 6
_GO = "go."


class Kind(Enum):
    """What a row of the palette is."""

    HEAD = "head"
    PERSON = "person"
    ACTION = "action"


@fixed
class Hit:
    """A person found: who, and a few words that tell them from others."""

    id: bytes
    name: str
    line: M | str = ""


@fixed
class Row:
    """One line of the palette. `key` is that of an action; `person` whom it is about."""

    kind: Kind
    text: str
    sub: str = ""
    icon: str = ""
    typed: str = ""
    key: str = ""
    person: bytes | None = None
    name: str = ""
    """What was typed, where it becomes the name of somebody new."""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.text, self.sub, self.typed) if part)


@fixed
class Listing:
    """What the rows are made from."""

    text: str = ""
    hits: Sequence[Hit] = ()
    chosen: Hit | None = None
    """The person who is highlighted; without one, the first is meant."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """A few words beside a screen, such as `14 wait for your yes`."""

    @property
    def about(self) -> Hit | None:
        """Whom the acts are for."""
        return self.chosen or next(iter(self.hits), None)


def rows(listing: Listing, bindings: Bindings, words: Words) -> list[Row]:
    """All rows, with a head over each part that is not empty."""
    parts = (
        (Group.PEOPLE.value, [_of_hit(hit, words) for hit in listing.hits[:MOST_PEOPLE]]),
        (Group.DO.value, _acts(listing, bindings, words)),
        (Group.GO.value, _of_actions(in_group(Group.GO), listing, bindings, words)),
        (Group.APP.value, _of_actions(in_group(Group.APP), listing, bindings, words)),
        (M("Nobody found"), _newcomer(listing, bindings, words)),
    )
    made: list[Row] = []
    for head, part in parts:
        if part:
            made += [Row(Kind.HEAD, words.say(head)), *part]
    return made


def _of_hit(hit: Hit, words: Words) -> Row:
    return Row(Kind.PERSON, hit.name, words.value(hit.line), "users", person=hit.id)


def _newcomer(listing: Listing, bindings: Bindings, words: Words) -> list[Row]:
    """Whoever is not here yet can be added under what was typed; last, because an act may be meant."""
    typed, action = listing.text.strip(), BY_KEY["contact.new"]
    if not typed or listing.hits or not bindings.can(action.key):
        return []
    row = _of_action(action, words, M("New contact “{name}”", name=typed), None)
    return [replace(row, typed="", name=typed)]


def _acts(listing: Listing, bindings: Bindings, words: Words) -> list[Row]:
    """What can be done without anybody, where its name was typed; and what can be done for the person found."""
    found = _of_actions((*in_group(Group.PEOPLE), *in_group(Group.DO)), listing, bindings, words)
    about = listing.about
    if about is None or not listing.text.strip():
        return found
    for_person = (
        _of_action(action, words, action.label_for(about.name), about.id)
        for action in in_group(Group.DO)
        if action.palette and action.needs is Needs.PERSON and bindings.can(action.key, about.id)
    )
    return [*for_person, *found]


def _of_actions(actions: Iterable[Action], listing: Listing, bindings: Bindings, words: Words) -> list[Row]:
    wanted = _words(listing.text)
    return [
        _of_action(action, words, action.label, None, listing.notes.get(action.key.removeprefix(_GO), ""))
        for action in actions
        if action.palette and bindings.can(action.key) and _fits(wanted, words.say(action.label))
    ]


def _of_action(action: Action, words: Words, label: M, person: bytes | None, sub: str = "") -> Row:
    typed = key_text(action.keys, words)
    return Row(Kind.ACTION, words.say(label), sub, action.icon, typed, action.key, person)


def _words(text: str) -> list[str]:
    return fold(text).split()


def _fits(wanted: Sequence[str], label: str) -> bool:
    """Whether each word typed begins a word of the label."""
    there = _words(label)
    return all(any(word.startswith(one) for word in there) for one in wanted)


Source = Callable[[str], Sequence[Hit]]
"""Finds people by what was typed; called on a worker thread."""
