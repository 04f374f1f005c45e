"""How an endpoint is declared: once, for the code that answers and for the OpenAPI document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec

from kb.errors import NotFoundError, UserError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an endpoint.

    Attributes:
        name: Its name in the address.
        type: The type msgspec converts it to, with its limits; used to validate and to describe it.
        description: What it means.
        many: It may be given several times; `type` is then the type of each value.
        in_path: It is a part of the path.
        slashes: It may contain slashes.
    """

    name: str
    type: Any
    description: str
    many: bool = False
    in_path: bool = False
    slashes: bool = False


class Asked:
    """The parameters of a request, validated."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """Return the value of a parameter as in an address, empty if it is not given."""
        value = self._values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int) -> int:
        """Return a parameter that is a number."""
        return int(self._values.get(name, default))

    def day(self, name: str) -> dt.date | None:
        """Return a parameter that is a day."""
        found = self._values.get(name)
        return found if isinstance(found, dt.date) else None

    def flag(self, name: str) -> bool | None:
        """Return a parameter that is yes or no."""
        found = self._values.get(name)
        return found if isinstance(found, bool) else None

    def texts(self, name: str) -> list[str]:
        """Return the values of a parameter that may be given several times."""
        return [str(value) for value in self._values.get(name) or []]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An endpoint.

    Attributes:
        path: Its path below /api/v1, with {parameters}.
        name: Its name among the operations.
        summary: What it answers, in a line.
        answer: The type of the answer.
        handle: Answers it; raises `NotFoundError` if nothing has the requested name.
        parameters: Its parameters.
    """

    path: str
    name: str
    summary: str
    answer: type
    handle: Callable[[Asked], Any]
    parameters: tuple[Parameter, ...] = ()

    @property
    def may_miss(self) -> bool:
        """Whether the requested name may not exist."""
        return any(parameter.in_path for parameter in self.parameters)


class BadParameterError(UserError):
    """The value of a parameter is invalid."""


def one_of(values: Iterable[str]) -> object:
    """Return the type of a parameter that is one of some values."""
    return Literal[tuple(map(str, values))]


def found(thing: T | None) -> T:
    """Return what was requested by name.

    Raises:
        NotFoundError: Nothing has that name.
    """
    if thing is None:
        raise NotFoundError
    return thing


def read(endpoint: Endpoint, given: Callable[[str], list[str]], path: Mapping[str, str]) -> Asked:
    """Return the validated parameters of a request to an endpoint.

    Args:
        endpoint: The endpoint.
        given: Returns the values of a query parameter.
        path: The parameters of the path.

    Raises:
        BadParameterError: A value is none of its type.
    """
    values: dict[str, Any] = {}
    for parameter in endpoint.parameters:
        raw = [path[parameter.name]] if parameter.in_path else given(parameter.name)
        # Bytes that are not UTF-8 arrive as lone surrogates, which no answer can contain.
        raw = [value.encode("utf-8", "replace").decode() for value in raw]
        try:
            found = [msgspec.convert(value, parameter.type, strict=False) for value in raw]
        except msgspec.ValidationError as error:
            raise BadParameterError(
                f"Parametern ”{parameter.name}” går inte att använda: {error}."
            ) from error
        if found:
            values[parameter.name] = found if parameter.many else found[-1]
    return Asked(values)
