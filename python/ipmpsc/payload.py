"""Payloads to plain values and back, by the schema alone.

Values are ``bool``, ``int``, ``float``, ``str``, ``bytes`` (arrays of u8), ``uuid.UUID``, ``list``, ``dict`` (nested
messages) and ``None``. Neither the payload nor the schema is trusted.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from .errors import MessageFormatError
from .schema import PRIMITIVES, Field, FieldType, MessageType, align

_RANGE: Final = struct.Struct("<II")
_SCALARS: Final = {name: struct.Struct("<" + code) for name, (_, code) in PRIMITIVES.items() if code}


def decode(message: MessageType, payload: bytes, version: int) -> dict[str, Any]:
    """Reads a payload. Fields that a sender of that version does not know are left out.

    :raises MessageFormatError: The payload cannot be such a message.
    """
    size = message.size_in(version)
    if len(payload) < size:
        raise MessageFormatError(f"A payload of {len(payload):,} bytes is too short for {message.name}, which has {size:,} in version {version}.")
    fields = message.fields_in(version)
    return _Decoder(len(payload) * _depth(fields)).fields(fields, payload, 0, "")


def encode(message: MessageType, values: Mapping[str, Any]) -> bytes:
    """Makes a payload, byte for byte as every other implementation. Fields without a value are zero, empty or null.

    :raises MessageFormatError: A value does not fit its field, or there is no such field.
    """
    encoder = _Encoder()
    encoder.message(message.fields, message.size, values, message.name)
    return bytes(encoder.bytes)


def _depth(fields: Sequence[Field]) -> int:
    return 1 + max((_type_depth(field.type) for field in fields), default=0)


def _type_depth(type: FieldType) -> int:
    if type.element:
        return _type_depth(type.element)
    return _depth(type.fields) if type.fields else 0


class _Decoder:
    def __init__(self, budget: int) -> None:
        # Bytes that ranges may still ask for: an honest payload has each byte in one range for each level of nesting.
        self._budget = budget

    def fields(self, fields: Sequence[Field], payload: bytes, block: int, path: str) -> dict[str, Any]:
        return {field.name: self._value(field.type, payload, block + field.offset, path + field.name) for field in fields}

    def _value(self, type: FieldType, payload: bytes, at: int, path: str) -> Any:
        match type.kind:
            case "enum":
                assert type.element
                return scalar(type.element.kind, payload, at)
            case "struct":
                return self.fields(type.fields, payload, at, path + ".")
            case "fixed_array":
                return self._elements(type, payload, at, type.count, path)
            case "utf8" | "utf16" | "address":
                return self._text(type, payload, at, path)
            case "array":
                return self._array(type, payload, at, path)
            case "message":
                return self._message(type, payload, at, path)
            case _:
                return scalar(type.kind, payload, at)

    def _range(self, payload: bytes, at: int, alignment: int, size: int, path: str) -> tuple[int, int]:
        offset, length = _RANGE.unpack_from(payload, at)
        if offset + length > len(payload):
            raise MessageFormatError(f"Field '{path}' lies at {offset:,} to {offset + length:,}, outside of the {len(payload):,} bytes of the message.")
        if offset % alignment or length % size:
            raise MessageFormatError(f"Field '{path}' lies at {offset:,} with {length:,} bytes: not aligned to {alignment}, or no multiple of {size}.")
        self._budget -= length
        if self._budget < 0:
            raise MessageFormatError(f"The ranges of the message overlap; noticed at field '{path}'.")
        return offset, length

    def _text(self, type: FieldType, payload: bytes, at: int, path: str) -> str | None:
        offset, length = self._range(payload, at, type.data_alignment, type.data_alignment, path)
        if type.nullable and offset == 0:
            return None
        part = payload[offset : offset + length]
        if type.kind == "utf16":
            return part.decode("utf-16-le", "surrogatepass")
        try:
            return part.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MessageFormatError(f"Field '{path}' is not UTF-8: {error.reason} at byte {error.start}.") from error

    def _array(self, type: FieldType, payload: bytes, at: int, path: str) -> list[Any] | bytes | None:
        assert type.element
        alignment = 4 if type.element.kind == "message" else type.data_alignment
        offset, length = self._range(payload, at, alignment, type.element.size, path)
        if type.nullable and offset == 0:
            return None
        return self._elements(type, payload, offset, length // type.element.size, path)

    def _elements(self, type: FieldType, payload: bytes, at: int, count: int, path: str) -> list[Any] | bytes:
        element = type.element
        assert element
        if element.kind == "u8":
            return payload[at : at + count]
        return [self._value(element, payload, at + index * element.size, f"{path}[{index}]") for index in range(count)]

    def _message(self, type: FieldType, payload: bytes, at: int, path: str) -> dict[str, Any] | None:
        offset, length = self._range(payload, at, type.data_alignment, 1, path)
        if offset == 0:
            return None
        if length < type.block_size:
            raise MessageFormatError(f"Field '{path}' has {length:,} bytes, its message {type.block_size:,}.")
        return self.fields(type.fields, payload[offset : offset + length], 0, path + ".")


def scalar(kind: str, payload: bytes, at: int) -> bool | int | float | str | uuid.UUID:
    """Reads a number, a character or a guid."""
    match kind:
        case "guid":
            return uuid.UUID(bytes_le=payload[at : at + 16])
        case "i128" | "u128":
            return int.from_bytes(payload[at : at + 16], "little", signed=kind == "i128")
        case "bool":
            return payload[at] != 0
        case "char":
            return chr(_SCALARS["u16"].unpack_from(payload, at)[0])
        case _:
            value: int | float = _SCALARS[kind].unpack_from(payload, at)[0]
            return value


class _Encoder:
    def __init__(self) -> None:
        self.bytes = bytearray()
        self._start = 0  # Where the message that is being written begins; ranges count from there.

    def message(self, fields: Sequence[Field], size: int, values: Mapping[str, Any], path: str) -> None:
        outer, self._start = self._start, len(self.bytes)
        self.bytes.extend(bytes(size))
        self._fields(fields, values, self._start, path)
        self._start = outer

    def _fields(self, fields: Sequence[Field], values: Mapping[str, Any], block: int, path: str) -> None:
        for unknown in values.keys() - {field.name for field in fields}:
            raise MessageFormatError(f"'{path}' has no field '{unknown}'.")
        for field in fields:
            if values.get(field.name) is not None:
                self._value(field.type, values[field.name], block + field.offset, f"{path}.{field.name}")

    def _value(self, type: FieldType, value: Any, at: int, path: str) -> None:
        try:
            match type.kind:
                case "struct":
                    self._fields(type.fields, value, at, path)
                case "fixed_array":
                    if len(value) != type.count:
                        raise MessageFormatError(f"'{path}' has {type.count:,} elements, not {len(value):,}.")
                    self._elements(type, value, at, path)
                case "utf8" | "address":
                    self._append(value.encode("utf-8"), 1, at)
                case "utf16":
                    self._append(value.encode("utf-16-le", "surrogatepass"), 2, at)
                case "array":
                    assert type.element
                    start = self._align(4 if type.element.kind == "message" else type.data_alignment)
                    self.bytes.extend(bytes(len(value) * type.element.size))
                    self._store_range(at, start)
                    self._elements(type, value, start, path)
                case "message":
                    start = self._align(type.data_alignment)
                    self.message(type.fields, type.block_size, value, path)
                    self._store_range(at, start)
                case _:
                    kind = type.element.kind if type.kind == "enum" and type.element else type.kind
                    self.bytes[at : at + type.size] = _scalar_bytes(kind, value)
        except (TypeError, ValueError, AttributeError, OverflowError, struct.error) as error:
            raise MessageFormatError(f"'{path}' is of type {type.text}, which {value!r:.40} cannot be: {error}.") from error

    def _elements(self, type: FieldType, values: Any, start: int, path: str) -> None:
        element = type.element
        assert element
        if element.kind == "u8":
            self.bytes[start : start + len(values)] = bytes(values)
            return
        for index, value in enumerate(values):
            if value is not None:
                self._value(element, value, start + index * element.size, f"{path}[{index}]")

    def _append(self, data: bytes, alignment: int, at: int) -> None:
        start = self._align(alignment)
        self.bytes.extend(data)
        self._store_range(at, start)

    def _align(self, alignment: int) -> int:
        length = len(self.bytes) - self._start
        self.bytes.extend(bytes(align(length, alignment) - length))
        return len(self.bytes)

    def _store_range(self, at: int, start: int) -> None:
        _RANGE.pack_into(self.bytes, at, start - self._start, len(self.bytes) - start)


def _scalar_bytes(kind: str, value: Any) -> bytes:
    match kind:
        case "guid":
            return uuid.UUID(str(value)).bytes_le
        case "i128" | "u128":
            return int(value).to_bytes(16, "little", signed=kind == "i128")
        case "bool":
            return b"\1" if value else b"\0"
        case "char":
            return _SCALARS["u16"].pack(value if isinstance(value, int) else ord(value))
        case _:
            return _SCALARS[kind].pack(value)
