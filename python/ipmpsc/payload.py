"""Payloads to plain values and back, by the schema alone.

Values are ``bool``, ``int``, ``float``, ``str``, ``bytes`` (arrays of u8), ``uuid.UUID``, ``decimal.Decimal``, ``list``,
``dict`` (nested messages, tuples, and the entries of a map as ``Key`` and ``Value``) and ``None``. A date, a time or a time span
is the number that the wire format has for it, because Python's own types have fewer digits: see ``to_datetime``. A ``datetimeoffset`` is a
tuple of ticks of UTC and minutes, an ``index`` a number that is ``~n`` for the n-th from the end. Neither the payload nor the schema is trusted.
"""

from __future__ import annotations

import datetime
import decimal
import struct
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from .errors import MessageFormatError
from .schema import PRIMITIVES, Field, FieldType, MessageType, align

_RANGE: Final = struct.Struct("<II")
_VERSION: Final = struct.Struct("<H")
_KIND: Final = 62
_SCALARS: Final = {name: struct.Struct("<" + code) for name, (_, code) in PRIMITIVES.items() if code}


def decode(message: MessageType, payload: bytes, version: int) -> dict[str, Any]:
    """Reads a payload. Fields that a sender of that version does not know are left out.

    :raises MessageFormatError: The payload cannot be such a message.
    """
    size = message.size_in(version)
    if len(payload) < size:
        raise MessageFormatError(f"A payload of {len(payload):,} bytes is too short for {message.name}, which has {size:,} in version {version}.")
    fields = message.fields_in(version)
    depth = 1 + max((field.type.depth for field in message.fields), default=0)
    return _Decoder(len(payload) * depth).fields(fields, payload, 0, "")


def encode(message: MessageType, values: Mapping[str, Any]) -> bytes:
    """Makes a payload, byte for byte as every other implementation. Fields without a value are zero, empty or null.

    :raises MessageFormatError: A value does not fit its field, or there is no such field.
    """
    encoder = _Encoder()
    encoder.message(message.fields, message.size, values, message.name)
    return bytes(encoder.bytes)


def to_datetime(value: int) -> datetime.datetime:
    """The time that a ``datetime`` field holds, to the microsecond; aware if it is one of UTC."""
    zone = datetime.timezone.utc if value >> _KIND == 1 else None
    return datetime.datetime(1, 1, 1, tzinfo=zone) + datetime.timedelta(microseconds=(value & (1 << _KIND) - 1) // 10)


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
            case "struct" | "tuple":
                return self.fields(type.fields, payload, at, path + ".")
            case "fixed_array":
                return self._elements(type, payload, at, type.count, path)
            case "nullable":
                assert type.element
                return self._value(type.element, payload, at + type.alignment, path) if payload[at] else None
            case "utf8" | "utf16" | "address" | "uri" | "version" | "ip" | "bigint":
                return self._text(type, payload, at, path)
            case "array" | "map":
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
            raise MessageFormatError(f"Field '{path}' lies at {offset:,} with {length:,} bytes: not aligned to {alignment}, or not a multiple of {size}.")
        self._budget -= length
        if self._budget < 0:
            raise MessageFormatError(f"The ranges of the message overlap at field '{path}'.")
        return offset, length

    def _text(self, type: FieldType, payload: bytes, at: int, path: str) -> str | int | None:
        offset, length = self._range(payload, at, type.data_alignment, type.data_alignment, path)
        if type.nullable and offset == 0:
            return None
        part = payload[offset : offset + length]
        if type.kind == "bigint":
            return int.from_bytes(part, "little", signed=True)
        if type.kind == "utf16":
            return part.decode("utf-16-le", "surrogatepass")
        try:
            return part.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MessageFormatError(f"Field '{path}' is not UTF-8: {error.reason} at byte {error.start}.") from error

    def _array(self, type: FieldType, payload: bytes, at: int, path: str) -> list[Any] | bytes | None:
        assert type.element
        offset, length = self._range(payload, at, type.data_alignment, type.element.size, path)
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
        if length < _VERSION.size:
            raise MessageFormatError(f"Field '{path}' has {length:,} bytes, which do not even hold its version.")
        nested = payload[offset : offset + length - _VERSION.size]
        version = _VERSION.unpack_from(payload, offset + len(nested))[0]
        size = type.block_size_in(version)
        if len(nested) < size:
            raise MessageFormatError(f"Field '{path}' has {len(nested):,} bytes, its message {size:,} in version {version}.")
        return self.fields(type.fields_in(version), nested, 0, path + ".")


def scalar(kind: str, payload: bytes, at: int) -> Any:
    """Reads a value of a type that every schema knows."""
    match kind:
        case "guid":
            return uuid.UUID(bytes_le=payload[at : at + 16])
        case "decimal":
            flags, high, low = struct.unpack_from("<IIQ", payload, at)
            if flags & 0x7F00FFFF or flags >> 16 & 0xFF > 28:
                raise MessageFormatError(f"A decimal cannot have the flags {flags:#x}.")
            digits = tuple(map(int, str(high << 64 | low)))
            return decimal.Decimal((flags >> 31, digits, -(flags >> 16 & 0xFF)))
        case "rune":
            code = struct.unpack_from("<I", payload, at)[0]
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise MessageFormatError(f"{code:#x} is not a Unicode scalar value.")
            return chr(code)
        case "datetime":
            moment: int = struct.unpack_from("<Q", payload, at)[0]
            return moment
        case "timespan" | "time" | "date" | "index":
            ticks: int = struct.unpack_from("<i" if kind in ("date", "index") else "<q", payload, at)[0]
            return ticks
        case "datetimeoffset":
            utc, minutes = struct.unpack_from("<qi", payload, at)
            return (utc, minutes)
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
                case "struct" | "tuple":
                    self._fields(type.fields, value, at, path)
                case "nullable":
                    assert type.element
                    self.bytes[at] = 1
                    self._value(type.element, value, at + type.alignment, path)
                case "fixed_array":
                    if len(value) != type.count:
                        raise MessageFormatError(f"'{path}' has {type.count:,} elements, not {len(value):,}.")
                    self._elements(type, value, at, path)
                case "utf8" | "address" | "uri" | "version" | "ip":
                    self._append(value.encode("utf-8"), 1, at)
                case "utf16":
                    self._append(value.encode("utf-16-le", "surrogatepass"), 2, at)
                case "bigint":
                    self._append(value.to_bytes((value if value >= 0 else ~value).bit_length() // 8 + 1, "little", signed=True), 1, at)
                case "array" | "map":
                    assert type.element
                    start = self._align(type.data_alignment)
                    self.bytes.extend(bytes(len(value) * type.element.size))
                    self._store_range(at, start)
                    self._elements(type, value, start, path)
                case "message":
                    start = self._align(type.data_alignment)
                    self.message(type.fields, type.block_size, value, path)
                    self.bytes.extend(_VERSION.pack(type.version))
                    self._store_range(at, start)
                case _:
                    kind = type.element.kind if type.kind == "enum" and type.element else type.kind
                    self.bytes[at : at + type.size] = _scalar_bytes(kind, value)
        except (TypeError, ValueError, AttributeError, OverflowError, struct.error) as error:
            raise MessageFormatError(f"'{path}' is of type {type.text}; {value!r:.40} is not a value of it: {error}.") from error

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
        case "decimal":
            sign, digits, exponent = decimal.Decimal(value).as_tuple()
            number = int("".join(map(str, digits)))
            if not isinstance(exponent, int) or exponent < -28 or number * 10 ** max(exponent, 0) >= 1 << 96:
                raise ValueError("not within 96 bits and 28 digits behind the point")
            number *= 10 ** max(exponent, 0)
            return struct.pack("<IIQ", sign << 31 | -min(exponent, 0) << 16, number >> 64, number & (1 << 64) - 1)
        case "rune":
            return struct.pack("<I", ord(value))
        case "datetime":
            return struct.pack("<Q", value)
        case "timespan" | "time" | "date" | "index":
            return struct.pack("<i" if kind in ("date", "index") else "<q", value)
        case "datetimeoffset":
            return struct.pack("<qi4x", *value)
        case "i128" | "u128":
            return int(value).to_bytes(16, "little", signed=kind == "i128")
        case "bool":
            return b"\1" if value else b"\0"
        case "char":
            return _SCALARS["u16"].pack(value if isinstance(value, int) else ord(value))
        case _:
            return _SCALARS[kind].pack(value)
