from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest

from kb.web.api.publishing import Published, computed


@dataclass(frozen=True, slots=True)
class Inner:
    path: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    one: Inner
    many: tuple[Inner, ...]
    perhaps: Inner | None = None

    @property
    def size(self) -> int:
        return len(self.many)


class InnerAnswer(Published[Inner], without=("secret",), path="id"):
    """A thing inside."""

    url: str = computed(lambda inner: f"/{inner.path}")


class OuterAnswer(Published[Outer]):
    """A thing."""

    size: int = computed(lambda outer: outer.size)


def test_an_answer_has_the_fields_of_its_domain_type_and_links():
    outer = Outer("x", Inner("a", "dolt"), (Inner("b"), Inner("c")))
    assert msgspec.to_builtins(OuterAnswer.made_of(outer)) == {
        "name": "x",
        "one": {"id": "a", "url": "/a"},
        "many": [{"id": "b", "url": "/b"}, {"id": "c", "url": "/c"}],
        "perhaps": None,
        "size": 2,
    }
    assert InnerAnswer.made_of(Inner("a"), url="/annan").url == "/annan"


def test_every_field_is_described_and_required():
    (schema,), parts = msgspec.json.schema_components([OuterAnswer], ref_template="{name}")
    described = parts["OuterAnswer"]
    assert described["description"] == "A thing."
    assert described["required"] == ["name", "one", "many", "perhaps", "size"]
    assert described["properties"]["many"] == {"type": "array", "items": {"$ref": "InnerAnswer"}}
    assert schema == {"$ref": "OuterAnswer"}


def test_a_name_that_the_domain_type_lacks_is_an_error():
    with pytest.raises(TypeError, match="pth"):

        class Wrong(Published[Inner], pth="id"):
            """It is misspelt."""
