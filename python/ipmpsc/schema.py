"""The schema text of a channel: its messages, their fields, and how they lie in a payload. See docs/schema.md.

The parser accepts only what a generator writes, with every offset and size equal to the one that the rules give. So
nothing hostile is left for those who use the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from .errors import SchemaFormatError

_MAX_DEPTH: Final = 32
_MAX_SUFFIXES: Final = 8
_MAX_BLOCK: Final = 1 << 24
_MAX_ARRAY: Final = 1 << 20

#: Name, size and the format character of the struct module, if it has one, of every primitive type.
PRIMITIVES: Final[dict[str, tuple[int, str | None]]] = {
    "bool": (1, "B"),
    "char": (2, "H"),
    "i8": (1, "b"),
    "i16": (2, "h"),
    "i32": (4, "i"),
    "i64": (8, "q"),
    "i128": (16, None),
    "u8": (1, "B"),
    "u16": (2, "H"),
    "u32": (4, "I"),
    "u64": (8, "Q"),
    "u128": (16, None),
    "f16": (2, "e"),
    "f32": (4, "f"),
    "f64": (8, "d"),
}
_ENUM_INTEGERS: Final = ("i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64")
_TEXTS: Final = {"utf8": 1, "utf16": 2, "address": 1}

_NAME: Final = r"[^\s()\[\]?@+.]+"
_FULL_NAME: Final = re.compile(rf"{_NAME}(\.{_NAME})*")
_FIELD_NAME: Final = re.compile(_NAME)
_TYPE: Final = re.compile(r"([^()\[\]?]+)(?:\(([^()]+)\))?((?:\[\d*\]|\?)*)")
_NUMBER: Final = re.compile(r"0|[1-9]\d{0,9}")


@dataclass(frozen=True)
class FieldType:
    """The type of a field.

    ``kind`` is the name of a primitive type, or one of ``guid``, ``enum``, ``struct``, ``fixed_array``, ``utf8``,
    ``utf16``, ``address``, ``array`` and ``message``.
    """

    kind: str
    text: str
    size: int
    alignment: int
    nullable: bool = False
    element: FieldType | None = None
    count: int = 0
    fields: tuple[Field, ...] = ()
    block_size: int = 0
    data_alignment: int = 1

    @property
    def is_variable(self) -> bool:
        """Whether its bytes lie behind the fixed block."""
        return self.kind in ("utf8", "utf16", "address", "array", "message")


@dataclass(frozen=True)
class Field:
    """A field of a message: its name, its type, its offset in the fixed block, and the version that introduced it."""

    name: str
    type: FieldType
    offset: int
    since: int = 1


@dataclass(frozen=True)
class MessageType:
    """A message type of a channel."""

    name: str
    id: int
    version: int
    size: int
    fields: tuple[Field, ...]

    def fields_in(self, version: int) -> tuple[Field, ...]:
        """The fields that a sender of that version knows."""
        return tuple(field for field in self.fields if field.since <= version)

    def size_in(self, version: int) -> int:
        """Bytes of the fixed block that a sender of that version writes."""
        return self.size if version >= self.version else _layout(self.fields_in(version))[0]


@dataclass(frozen=True)
class Schema:
    """Every message type of a channel; none for a channel of raw bytes."""

    messages: tuple[MessageType, ...] = ()

    @staticmethod
    def parse(text: str) -> Schema:
        """Reads a schema.

        :raises SchemaFormatError: It is not one.
        """
        return _Parser(text).parse()

    def find(self, id: int) -> MessageType | None:
        """The message type of an id."""
        return next((message for message in self.messages if message.id == id), None)

    def named(self, name: str) -> MessageType | None:
        """The message type of a name: the full one, or its last part if that is unambiguous."""
        exact = [message for message in self.messages if message.name == name]
        short = [message for message in self.messages if message.name.rpartition(".")[2] == name]
        return exact[0] if exact else short[0] if len(short) == 1 else None


def align(value: int, alignment: int) -> int:
    """The next multiple of a power of two."""
    return value + alignment - 1 & -alignment


def _layout(fields: tuple[Field, ...]) -> tuple[int, int, int]:
    """Size and alignment of a fixed block, and the alignment of a whole payload with what lies behind the block."""
    end = max((field.offset + field.type.size for field in fields), default=0)
    alignment = max((field.type.alignment for field in fields), default=1)
    data = max((field.type.data_alignment for field in fields), default=1)
    return align(max(end, 1), alignment), alignment, max(alignment, data)


class _Parser:
    def __init__(self, text: str) -> None:
        if text and not text.endswith("\n"):
            raise SchemaFormatError(text.count("\n") + 1, "it does not end with a line feed")
        self._lines = text.split("\n")[:-1]
        self._at = 0

    def parse(self) -> Schema:
        messages: list[MessageType] = []
        while self._at < len(self._lines):
            message = self._message()
            if any(other.id == message.id for other in messages):
                raise self._error(f"two messages have the id {message.id}")
            messages.append(message)
        return Schema(tuple(messages))

    def _message(self) -> MessageType:
        words = self._take().split(" ")
        if len(words) != 8 or words[0] != "message" or words[2::2] != ["id", "version", "size"] or not _FULL_NAME.fullmatch(words[1]):
            raise self._error("expected 'message <name> id <number> version <number> size <number>'")
        version = self._number(words[5], 1, 0xFFFF)
        id = self._number(words[3], 1, 0xFFFF)
        written = self._number(words[7], 1, _MAX_BLOCK)
        fields = self._fields(1, version)
        size = _layout(fields)[0]
        if size != written:
            raise self._error(f"the fields of '{words[1]}' take {size} bytes, not {written}")
        return MessageType(words[1], id, version, size, fields)

    def _fields(self, depth: int, version: int) -> tuple[Field, ...]:
        if depth > _MAX_DEPTH:
            raise self._error(f"messages are nested more than {_MAX_DEPTH} levels deep")
        fields: list[Field] = []
        end, since = 0, 1
        while self._at < len(self._lines) and self._indent() == 2 * depth:
            field = self._field(depth, version)
            expected = align(end, field.type.alignment)
            if field.offset != expected:
                raise self._error(f"'{field.name}' lies at {expected}, not at {field.offset}")
            if field.since < since or any(other.name == field.name for other in fields):
                raise self._error(f"'{field.name}' exists already or must stand before newer fields")
            since, end = field.since, field.offset + field.type.size
            if end > _MAX_BLOCK:
                raise self._error(f"a fixed block has at most {_MAX_BLOCK} bytes")
            fields.append(field)
        return tuple(fields)

    def _field(self, depth: int, version: int) -> Field:
        words = self._take().strip(" ").split(" ")
        if len(words) not in (3, 5) or not words[2].startswith("@") or (len(words) == 5 and words[3] != "since"):
            raise self._error("expected '<name> <type> @<offset>'")
        if not _FIELD_NAME.fullmatch(words[0]):
            raise self._error(f"'{words[0]}' is not the name of a field")
        since = self._number(words[4], 2, version) if len(words) == 5 else 1
        offset = self._number(words[2][1:], 0, _MAX_BLOCK)
        match = _TYPE.fullmatch(words[1])
        if not match:
            raise self._error(f"'{words[1]}' is not a type")
        name, detail, suffixes = match[1], match[2] or "", match[3]
        members = self._fields(depth + 1, 1) if detail[:1].isdigit() else ()
        resolved = self._named(name, detail, members)
        for suffix in re.findall(r"\[\d*\]|\?", suffixes)[: _MAX_SUFFIXES + 1]:
            resolved = _suffixed(resolved, suffix) if resolved else None
        if resolved is None or len(re.findall(r"\[\d*\]|\?", suffixes)) > _MAX_SUFFIXES:
            raise self._error(f"'{words[1]}' is not the size of its fields, or not a type that this version knows")
        return Field(words[0], resolved, offset, since)

    def _named(self, name: str, detail: str, members: tuple[Field, ...]) -> FieldType | None:
        if not detail:
            if name in PRIMITIVES:
                size = PRIMITIVES[name][0]
                return FieldType(name, name, size, size)
            if name == "guid":
                return FieldType(name, name, 16, 4)
            return FieldType(name, name, 8, 4, data_alignment=_TEXTS[name]) if name in _TEXTS else None
        text = f"{name}({detail})"
        if not _FULL_NAME.fullmatch(name):
            return None
        if not detail[0].isdigit():
            integer = self._named(detail, "", ()) if detail in _ENUM_INTEGERS else None
            return FieldType("enum", text, integer.size, integer.alignment, element=integer) if integer else None
        size, alignment, payload_alignment = _layout(members)
        if any(field.type.is_variable for field in members):
            return None if detail != f"{size}+" else FieldType(
                "message", text, 8, 4, fields=members, block_size=size, data_alignment=payload_alignment)
        return FieldType("struct", text, size, alignment, fields=members) if detail == f"{size}" else None

    def _indent(self) -> int:
        line = self._lines[self._at]
        return len(line) - len(line.lstrip(" "))

    def _take(self) -> str:
        self._at += 1
        return self._lines[self._at - 1]

    def _number(self, digits: str, least: int, most: int) -> int:
        if not _NUMBER.fullmatch(digits) or not least <= int(digits) <= most:
            raise self._error(f"'{digits}' is not a number from {least} to {most}")
        return int(digits)

    def _error(self, problem: str) -> SchemaFormatError:
        return SchemaFormatError(self._at, problem)


def _suffixed(type: FieldType, suffix: str) -> FieldType | None:
    if suffix == "?":
        allowed = not type.nullable and type.kind in ("utf8", "utf16", "array")
        return replace(type, text=type.text + suffix, nullable=True) if allowed else None
    if type.is_variable and type.kind != "message":
        return None
    if suffix == "[]":
        data = type.data_alignment if type.kind == "message" else type.alignment
        return FieldType("array", type.text + suffix, 8, 4, element=type, data_alignment=data)
    count = suffix[1:-1]
    if type.kind == "message" or not _NUMBER.fullmatch(count) or not 0 < int(count) * type.size <= _MAX_ARRAY:
        return None
    return FieldType(
        "fixed_array", type.text + suffix, int(count) * type.size, type.alignment, element=type, count=int(count))
