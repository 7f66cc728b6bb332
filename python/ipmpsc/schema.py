"""The schema text of a channel: its messages, their fields, and how they lie in a payload. See docs/schema.md.

The parser accepts only what a generator writes, with every offset and size equal to the one that the rules give. So
nothing hostile is left for those who use the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from .errors import SchemaFormatError

_MAX_DEPTH: Final = 32
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

#: Size and alignment of the other types in the fixed block.
VALUES: Final[dict[str, tuple[int, int]]] = {
    "guid": (16, 4),
    "datetime": (8, 8),
    "datetimeoffset": (16, 8),
    "timespan": (8, 8),
    "date": (4, 4),
    "time": (8, 8),
    "decimal": (16, 8),
    "rune": (4, 4),
    "index": (4, 4),
}

#: Alignment of the texts, which lie behind the fixed block.
TEXTS: Final = {"utf8": 1, "utf16": 2, "address": 1, "uri": 1, "version": 1, "ip": 1, "bigint": 1}
_RANGES: Final = (*TEXTS, "array", "map", "message")

_NAME: Final = r"[^\s()\[\]{}?@+:,=.]+"
_FULL_NAME: Final = re.compile(rf"{_NAME}(\.{_NAME})*")
_FIELD_NAME: Final = re.compile(_NAME)
_WORD: Final = re.compile(r"[^()\[\]{}?:,]*")
_NUMBER: Final = re.compile(r"0|[1-9]\d{0,9}")
_MEMBER: Final = re.compile(rf"({_NAME}) = (0|-?[1-9]\d{{0,19}})")


@dataclass(frozen=True)
class FieldType:
    """The type of a field.

    ``kind`` is the name of a type that every schema knows, or one of ``enum``, ``struct``, ``fixed_array``, ``nullable``,
    ``tuple``, ``array``, ``map`` and ``message``.
    """

    kind: str
    text: str
    size: int
    alignment: int
    nullable: bool = False
    element: FieldType | None = None
    count: int = 0
    fields: tuple[Field, ...] = ()
    members: tuple[tuple[str, int], ...] = ()
    version: int = 1
    block_size: int = 0
    data_alignment: int = 1
    deep_alignment: int = 1
    depth: int = 0
    is_variable: bool = False

    @property
    def is_range(self) -> bool:
        """Whether the fixed block holds nothing but the range of its bytes."""
        return self.kind in _RANGES

    def fields_in(self, version: int) -> tuple[Field, ...]:
        """The fields of a nested message that a sender of that version knows."""
        return tuple(item for item in self.fields if item.since <= version)

    def block_size_in(self, version: int) -> int:
        """Bytes of the fixed block of a nested message that a sender of that version writes."""
        return self.block_size if version >= self.version else _layout(self.fields_in(version))[0]


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
        return tuple(item for item in self.fields if item.since <= version)

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
    end = max((item.offset + item.type.size for item in fields), default=0)
    alignment = max((item.type.alignment for item in fields), default=1)
    data = max((item.type.deep_alignment for item in fields), default=1)
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
        message = self._definition(words[1], "message", version, self._number(words[7], 1, _MAX_BLOCK))
        definitions = _Definitions()
        while self._at < len(self._lines) and not self._lines[self._at].startswith("message "):
            definition = self._next_definition()
            if definition.name in definitions.defined or not _FULL_NAME.fullmatch(definition.name):
                raise self._error(f"'{definition.name}' is not a name, or is defined already")
            definitions.defined[definition.name] = definition
        fields = message.resolve_fields(definitions)
        if definitions.mentioned != list(definitions.defined):
            raise self._error(f"the definitions after '{words[1]}' are not those that its fields use, in the same order")
        return MessageType(words[1], id, version, message.size, fields)

    def _next_definition(self) -> _Definition:
        match self._take().split(" "):
            case ["enum", name, integer] if integer in _ENUM_INTEGERS:
                return self._enum(name, integer)
            case ["struct", name, "size", size]:
                return self._definition(name, "struct", 1, self._number(size, 1, _MAX_BLOCK))
            case ["nested", name, "version", version, "size", size]:
                return self._definition(name, "nested", self._number(version, 1, 0xFFFF), self._number(size, 1, _MAX_BLOCK))
        raise self._error("expected a field, a message, or 'enum', 'struct' or 'nested' with a definition")

    def _enum(self, name: str, integer: str) -> _Definition:
        bits = 8 * PRIMITIVES[integer][0]
        least, most = (-(1 << bits - 1), (1 << bits - 1) - 1) if integer[0] == "i" else (0, (1 << bits) - 1)
        members: dict[str, int] = {}
        at = self._at
        for line in self._indented():
            match = _MEMBER.fullmatch(line)
            if not match or match[1] in members or not least <= int(match[2]) <= most:
                raise self._error(f"expected '<name> = <number>', a name that '{name}' has only once and an {integer}")
            members[match[1]] = int(match[2])
        return _Definition(at, name, integer, 1, 0, [], tuple(members.items()))

    def _definition(self, name: str, kind: str, version: int, size: int) -> _Definition:
        at = self._at
        lines: list[tuple[int, str, str, int, int]] = []
        for line in self._indented():
            words = line.split(" ")
            if len(words) not in (3, 5) or not words[2].startswith("@") or (len(words) == 5 and words[3] != "since"):
                raise self._error("expected '<name> <type> @<offset>'")
            if not _FIELD_NAME.fullmatch(words[0]):
                raise self._error(f"'{words[0]}' is not the name of a field")
            since = self._number(words[4], 2, version) if len(words) == 5 else 1
            lines.append((self._at, words[0], words[1], self._number(words[2][1:], 0, _MAX_BLOCK), since))
        return _Definition(at, name, kind, version, size, lines, ())

    def _indented(self) -> Iterator[str]:
        while self._at < len(self._lines) and self._lines[self._at].startswith("  "):
            yield self._take()[2:]

    def _take(self) -> str:
        self._at += 1
        return self._lines[self._at - 1]

    def _number(self, digits: str, least: int, most: int) -> int:
        if not _NUMBER.fullmatch(digits) or not least <= int(digits) <= most:
            raise self._error(f"'{digits}' is not a number from {least} to {most}")
        return int(digits)

    def _error(self, problem: str) -> SchemaFormatError:
        return SchemaFormatError(self._at, problem)


@dataclass
class _Definitions:
    """The enums and messages that follow the fields of a message, resolved when a type names them."""

    defined: dict[str, _Definition] = field(default_factory=dict)
    resolved: dict[str, FieldType] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)
    depth: int = 0

    def find(self, name: str, detail: str) -> FieldType | None:
        if name not in self.resolved:
            # One that is being resolved was mentioned already: it contains itself.
            if name not in self.defined or name in self.mentioned or self.depth == _MAX_DEPTH:
                return None
            self.mentioned.append(name)
            self.depth += 1
            self.resolved[name] = self.defined[name].resolve(self)
            self.depth -= 1
        found = self.resolved[name]
        return found if found.text == f"{name}({detail})" else None


@dataclass(frozen=True)
class _Definition:
    """A message, a struct or an enum as its lines spell it. The kind of an enum is its integer."""

    line: int
    name: str
    kind: str
    version: int
    size: int
    lines: list[tuple[int, str, str, int, int]]
    members: tuple[tuple[str, int], ...]

    def resolve(self, definitions: _Definitions) -> FieldType:
        if self.kind in _ENUM_INTEGERS:
            size = PRIMITIVES[self.kind][0]
            integer = FieldType(self.kind, self.kind, size, size)
            return FieldType("enum", f"{self.name}({self.kind})", size, size, element=integer, members=self.members)
        fields = self.resolve_fields(definitions)
        size, alignment, _ = _layout(fields)
        depth = max((item.type.depth for item in fields), default=0)
        if self.kind == "nested":
            # Fields that were added later do not count: programs that do not know them would store it elsewhere.
            payload_alignment = _layout(tuple(item for item in fields if item.since == 1))[2]
            return FieldType(
                "message", f"{self.name}(+)", 8, 4, fields=fields, version=self.version, block_size=size,
                data_alignment=payload_alignment, deep_alignment=payload_alignment, depth=depth + 1, is_variable=True)
        if any(item.type.is_variable for item in fields):
            raise SchemaFormatError(self.line, f"'{self.name}' has variable fields, so it is not a struct")
        return FieldType("struct", f"{self.name}({size})", size, alignment, fields=fields, depth=depth)

    def resolve_fields(self, definitions: _Definitions) -> tuple[Field, ...]:
        fields: list[Field] = []
        end, least = 0, 1
        for line, name, text, offset, since in self.lines:
            type = _TypeReader(text, definitions).read()
            if type is None:
                raise SchemaFormatError(line, f"'{text}' is not a type that this version knows, or not the size of its fields")
            expected = align(end, type.alignment)
            if offset != expected:
                raise SchemaFormatError(line, f"'{name}' lies at {expected}, not at {offset}")
            if since < least or any(other.name == name for other in fields):
                raise SchemaFormatError(line, f"'{name}' exists already or must stand before newer fields")
            least, end = since, offset + type.size
            if end > _MAX_BLOCK:
                raise SchemaFormatError(line, f"a fixed block has at most {_MAX_BLOCK} bytes")
            fields.append(Field(name, type, offset, since))
        size = _layout(tuple(fields))[0]
        if size != self.size:
            raise SchemaFormatError(self.line, f"the fields of '{self.name}' take {size} bytes, not {self.size}")
        return tuple(fields)


class _TypeReader:
    """Reads a type as a schema spells it."""

    def __init__(self, text: str, definitions: _Definitions) -> None:
        self._text = text
        self._definitions = definitions
        self._at = 0

    def read(self) -> FieldType | None:
        found = self._type(0)
        return found if self._at == len(self._text) else None

    def _type(self, depth: int) -> FieldType | None:
        if depth == _MAX_DEPTH:
            return None
        match self._peek():
            case "(":
                found = self._tuple(depth + 1)
            case "{":
                found = self._map(depth + 1)
            case _:
                found = self._named()
        while found and self._peek() in ("[", "?"):
            depth += 1
            if depth == _MAX_DEPTH:
                return None
            found = _nullable(found) if self._skip("?") else self._array(found)
        return found

    def _named(self) -> FieldType | None:
        name = self._word()
        if self._skip("("):
            detail = self._word()
            return self._definitions.find(name, detail) if self._skip(")") else None
        if name in PRIMITIVES:
            return FieldType(name, name, PRIMITIVES[name][0], PRIMITIVES[name][0])
        if name in VALUES:
            return FieldType(name, name, *VALUES[name])
        if name not in TEXTS:
            return None
        return FieldType(name, name, 8, 4, data_alignment=TEXTS[name], deep_alignment=TEXTS[name], depth=1, is_variable=True)

    def _tuple(self, depth: int) -> FieldType | None:
        start = self._at
        elements: list[Field] = []
        end = 0
        while self._skip("," if elements else "("):
            name = self._word()
            if not _FIELD_NAME.fullmatch(name) or any(other.name == name for other in elements) or not self._skip(":"):
                return None
            type = self._type(depth)
            if type is None or end > _MAX_BLOCK:
                return None
            elements.append(Field(name, type, align(end, type.alignment)))
            end = elements[-1].offset + type.size
        return _tuple(self._text[start : self._at], elements) if self._skip(")") and 2 <= len(elements) <= 7 else None

    def _map(self, depth: int) -> FieldType | None:
        start = self._at
        self._skip("{")
        key = self._type(depth)
        value = self._type(depth) if key and self._skip(":") else None
        if key is None or value is None or not self._skip("}"):
            return None
        entry = _tuple(f"(Key:{key.text},Value:{value.text})", [Field("Key", key, 0), Field("Value", value, align(key.size, value.alignment))])
        return _listed("map", self._text[start : self._at], entry)

    def _array(self, element: FieldType) -> FieldType | None:
        self._skip("[")
        count = self._word()
        if not self._skip("]"):
            return None
        if not count:
            return _listed("array", element.text + "[]", element)
        if element.is_variable or not _NUMBER.fullmatch(count) or not 0 < int(count) * element.size <= _MAX_ARRAY:
            return None
        return FieldType(
            "fixed_array", f"{element.text}[{count}]", int(count) * element.size, element.alignment, element=element, count=int(count))

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self, expected: str) -> bool:
        found = self._peek() == expected
        self._at += found
        return found

    def _word(self) -> str:
        match = _WORD.match(self._text, self._at)
        assert match
        self._at = match.end()
        return match[0]


def _nullable(type: FieldType) -> FieldType | None:
    if type.nullable:
        return None
    if type.is_range:
        return replace(type, text=type.text + "?", nullable=True)
    return FieldType(
        "nullable", type.text + "?", type.alignment + type.size, type.alignment, nullable=True, element=type,
        deep_alignment=type.deep_alignment, depth=type.depth, is_variable=type.is_variable)


def _tuple(text: str, elements: list[Field]) -> FieldType:
    size, alignment, _ = _layout(tuple(elements))
    return FieldType(
        "tuple", text, size, alignment, fields=tuple(elements), depth=max(item.type.depth for item in elements),
        deep_alignment=max(item.type.deep_alignment for item in elements), is_variable=any(item.type.is_variable for item in elements))


def _listed(kind: str, text: str, element: FieldType) -> FieldType:
    return FieldType(
        kind, text, 8, 4, element=element, data_alignment=element.alignment,
        deep_alignment=max(element.alignment, element.deep_alignment), depth=element.depth + 1, is_variable=True)
