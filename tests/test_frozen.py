"""Value classes that start quickly behave as the standard ones do."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import dataclass, field, fields, is_dataclass, replace

import pytest

from reader.frozen import frozen


@frozen
class Fruit:
    """A fruit."""

    name: str
    weight: int = 3
    tags: dict[str, int] = field(default_factory=dict)

    @property
    def heavy(self) -> bool:
        return self.weight > 10


@frozen
class Nothing: ...


@frozen
class Other:
    name: str
    weight: int = 3
    tags: dict[str, int] = field(default_factory=dict)


def test_fields_are_given_by_place_or_name_and_have_defaults():
    assert Fruit("pear", weight=12) == Fruit("pear", 12, {})
    assert Fruit(name="pear").weight == 3
    assert Fruit("pear", 12).heavy


def test_a_missing_or_unknown_field_is_refused():
    with pytest.raises(TypeError):
        Fruit()
    with pytest.raises(TypeError):
        Fruit("pear", colour="green")


def test_every_value_gets_a_default_of_its_own():
    assert Fruit("pear").tags is not Fruit("pear").tags


def test_a_value_cannot_be_changed_and_holds_nothing_else():
    pear = Fruit("pear")
    for name in ("weight", "colour"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(pear, name, 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del pear.weight
    assert not hasattr(pear, "__dict__")


def test_equal_values_are_equal_and_hash_alike_only_within_their_class():
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert Fruit("pear") != Other("pear")
    assert Fruit("pear") != "pear"


def test_a_value_survives_pickling():
    pear = Fruit("pear", 12, {"a": 1})
    assert pickle.loads(pickle.dumps(pear)) == pear


def test_a_value_can_be_matched_and_described():
    match Fruit("pear", 12):
        case Fruit(name, weight):
            assert (name, weight) == ("pear", 12)
    assert repr(Fruit("pear")) == "Fruit(name='pear', weight=3, tags={})"
    assert Fruit.__doc__ == "A fruit."


def test_the_standard_functions_for_data_classes_work():
    assert is_dataclass(Fruit)
    assert [x.name for x in fields(Fruit)] == ["name", "weight", "tags"]
    assert replace(Fruit("pear"), weight=5) == Fruit("pear", 5)
    assert dataclasses.asdict(Fruit("pear", 1, {"a": 1})) == {"name": "pear", "weight": 1, "tags": {"a": 1}}


def test_it_agrees_with_the_standard_decorator_on_what_a_value_looks_like():
    @dataclass(frozen=True, slots=True)
    class Fruit:
        name: str
        weight: int = 3

    standard = Fruit("pear")
    ours = frozen(type("Fruit", (), {"__annotations__": Fruit.__annotations__, "weight": 3}))("pear")
    assert repr(ours).rpartition(".")[2] == repr(standard).rpartition(".")[2]
