"""Answer types that are domain types plus links.

    class SourceAnswer(Published[SourceDocument], path="id", proposed="date_proposed"):
        \"\"\"A document.\"\"\"

        url: str = computed(lambda source: document_url(source.path))

is a frozen dataclass with every field of `SourceDocument`, under the names given, and `url`.
`SourceAnswer.made_of(source)` is the answer about `source`. A field whose type is itself published,
alone, optional or in a tuple, is published too, so define the inner types first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from functools import reduce
from inspect import get_annotations
from operator import or_
from types import GenericAlias, NoneType, UnionType
from typing import Any, ClassVar, Generic, Self, TypeVar, get_args, get_origin, get_type_hints

Subject = TypeVar("Subject")

Part = Callable[[Any], Any]
"""Gives one field of an answer about a domain object."""


@dataclass(frozen=True, slots=True)
class _Computed:
    part: Part


def computed(part: Part) -> Any:  # noqa: ANN401 - it stands where a value of any type would
    """Declare a field that `part` makes of the domain object: a link, a property."""
    return _Computed(part)


class Published(Generic[Subject]):
    """The base of answer types; subclass it with the domain type and its renamed fields."""

    _by_domain: ClassVar[dict[type, type[Published[Any]]]] = {}
    _parts: ClassVar[dict[str, Part]]

    def __init_subclass__(cls, *, without: Collection[str] = (), **renamed: str) -> None:
        """Make the class a dataclass.

        Args:
            without: Fields of the domain type that are not published.
            renamed: Names of the answer by names of the domain type.
        """
        (domain,) = get_args(cls.__dict__["__orig_bases__"][0])
        added = {name: get_type_hints(cls)[name] for name in get_annotations(cls)}
        parts = {name: cls.__dict__[name].part for name in added}
        hints = get_type_hints(domain)
        copied: dict[str, Any] = {}
        for name in _fields(domain):
            public = renamed.pop(name, name)
            if name in without or public in added:
                continue
            copied[public], publish = _published(hints[name])
            parts[public] = _reading(name, publish)
        if renamed:
            raise TypeError(f"{domain.__name__} has no {', '.join(renamed)}")
        for name in added:
            delattr(cls, name)
        if taken := [name for name in parts if hasattr(cls, name)]:
            raise TypeError(f"{cls.__name__} is not to have a field {', '.join(taken)}")
        cls.__annotations__ = copied | added
        cls._parts = parts
        cls._by_domain[domain] = dataclass(frozen=True)(cls)

    @classmethod
    def made_of(cls, subject: Subject, **given: object) -> Self:
        """Return the answer about `subject`; `given` replaces what would be computed."""
        parts = {name: part(subject) for name, part in cls._parts.items() if name not in given}
        return cls(**parts, **given)


def _fields(domain: type) -> tuple[str, ...]:
    """Return the fields of a dataclass or of a msgspec struct."""
    return getattr(domain, "__struct_fields__", None) or tuple(f.name for f in fields(domain))


def _reading(name: str, publish: Part | None) -> Part:
    if publish is None:
        return lambda subject: getattr(subject, name)
    return lambda subject: publish(getattr(subject, name))


def _published(hint: object) -> tuple[Any, Part | None]:
    """Return the type that `hint` is published as, and what converts to it if it is another."""
    if hint in Published._by_domain:
        made = Published._by_domain[hint]
        return made, made.made_of
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        inner, publish = _published(get_args(hint)[0])
        return GenericAlias(list, inner), lambda many: list(map(publish, many) if publish else many)
    if get_origin(hint) is UnionType:
        choices = [_published(choice) for choice in get_args(hint) if choice is not NoneType]
        publish = choices[0][1]
        if len(choices) == 1 and publish:
            return choices[0][0] | None, lambda one: one if one is None else publish(one)
        return reduce(or_, get_args(hint)), None
    return hint, None
