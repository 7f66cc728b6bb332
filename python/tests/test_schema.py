"""Schemas are parsed exactly as docs/schema.md specifies."""

import decimal
import struct
import unittest
from pathlib import Path

from ipmpsc.payload import to_datetime
from ipmpsc import MessageFormatError, Schema, SchemaFormatError, decode, encode

FRAME = """message Demo.VideoFrame id 7 version 2 size 80
  Width i32 @0
  IsKey bool @4
  Camera utf8 @8
  Origin Demo.Point(16) @16
  Y u8[] @32
  Side Demo.Side(u8) @40
  Histogram u32[4] @44
  Notes Demo.Note(+)[] @60
  Exposure f64 @72 since 2
struct Demo.Point size 16
  X f64 @0
  Y f64 @8
enum Demo.Side u8
  Buy = 1
  Sell = 2
nested Demo.Note version 1 size 16
  Author utf8? @0
  Marks i64[] @8
"""

VALUES = {
    "Width": -5,
    "IsKey": True,
    "Camera": "Größe €",
    "Origin": {"X": 1.5, "Y": -0.25},
    "Y": b"\x00\x01\xff",
    "Side": 3,
    "Histogram": [1, 2, 3, 0xFFFFFFFF],
    "Notes": [{"Author": None, "Marks": [1, -2]}, {"Author": "", "Marks": []}, {"Author": "x", "Marks": [1 << 62]}],
    "Exposure": 0.125,
}


class SchemaTests(unittest.TestCase):
    def test_the_documented_schema_is_parsed(self) -> None:
        document = Path(__file__).parents[2] / "docs/schema.md"
        lines = document.read_text("utf-8").splitlines()
        text = "".join(line[4:] + "\n" for line in lines[lines.index("    message Demo.VideoFrame id 7 version 2 size 80") :][:19])
        self.assertEqual(text, FRAME)
        message = Schema.parse(text).messages[0]
        self.assertEqual((message.name, message.id, message.size, message.size_in(1)), ("Demo.VideoFrame", 7, 80, 72))
        self.assertEqual([field.name for field in message.fields_in(1)][-1], "Notes")

    def test_values_survive_a_round_trip(self) -> None:
        message = Schema.parse(FRAME).messages[0]
        payload = encode(message, VALUES)
        self.assertEqual(decode(message, payload, 2), VALUES)
        old = decode(message, payload, 1)
        self.assertNotIn("Exposure", old)

    def test_every_primitive_survives_a_round_trip(self) -> None:
        values = {
            "bool": True, "char": "€", "i8": -128, "i16": -32768, "i32": -(1 << 31), "i64": -(1 << 63), "i128": -(1 << 127),
            "u8": 255, "u16": 65535, "u32": (1 << 32) - 1, "u64": (1 << 64) - 1, "u128": (1 << 128) - 1,
            "f16": 0.5, "f32": 0.25, "f64": 1e300,
        }
        sizes = {"bool": 1, "char": 2, "f16": 2, "f32": 4, "f64": 8}
        for kind, value in values.items():
            size = sizes.get(kind) or int(kind[1:]) // 8
            message = Schema.parse(f"message M id 1 version 1 size {size}\n  F {kind} @0\n").messages[0]
            self.assertEqual(decode(message, encode(message, {"F": value}), 1), {"F": value})

    def test_every_other_type_survives_a_round_trip(self) -> None:
        values = {
            ("datetime", 8): 1 << 62 | 638000000000000000, ("datetimeoffset", 16): (638000000000000000, -90), ("timespan", 8): -1,
            ("date", 4): 738000, ("time", 8): 863999999999, ("decimal", 16): decimal.Decimal("-12345678901234567890.12345678"),
            ("rune", 4): "\U0001F600", ("index", 4): ~2, ("bigint", 8): -(1 << 200), ("uri", 8): "https://example.org/", ("i32?", 8): None, ("i64?", 16): 5,
            ("utf8?[]", 8): ["a", None, ""], ("i32[][]", 8): [[1], [], [2, 3]], ("(A:u8,B:utf8)", 12): {"A": 1, "B": "b"},
            ("{utf8:i64?}", 8): [{"Key": "a", "Value": None}, {"Key": "b", "Value": 2}],
        }
        for (kind, size), value in values.items():
            message = Schema.parse(f"message M id 1 version 1 size {size}\n  F {kind} @0\n").messages[0]
            self.assertEqual(decode(message, encode(message, {"F": value}), 1), {"F": value}, kind)
        self.assertEqual(to_datetime(1 << 62 | 638000000000000000).isoformat(), "2022-09-28T22:13:20+00:00")

    def test_a_nested_message_carries_its_version(self) -> None:
        text = "message M id 1 version 1 size 8\n  F N(+) @0\nnested N version {} size {}\n  A i32 @0\n"
        old = Schema.parse(text.format(1, 4)).messages[0]
        new = Schema.parse(text.format(2, 8) + "  B i32 @4 since 2\n").messages[0]
        self.assertEqual(decode(new, encode(old, {"F": {"A": 1}}), 1), {"F": {"A": 1}})
        self.assertEqual(decode(old, encode(new, {"F": {"A": 1, "B": 2}}), 1), {"F": {"A": 1}})

    def test_invalid_schemas_are_refused(self) -> None:
        cases = [
            FRAME[:-1],
            FRAME.replace("size 80", "size 88"),
            FRAME.replace("@44", "@48"),
            FRAME.replace("Width i32", "Width i33"),
            FRAME.replace("(16)", "(24)"),
            FRAME.replace("(+)", "(16)"),
            FRAME.replace("enum Demo.Side u8", "enum Demo.Side i8"),
            FRAME.replace("Sell = 2", "Buy = 2"),
            FRAME.replace("Sell = 2", "Sell = 256"),
            FRAME.replace("id 7", "id 0"),
            FRAME.replace("id 7", "id 07"),
            FRAME.replace("since 2", "since 3"),
            FRAME.replace("since 2", "since 1"),
            FRAME.replace("  Width", "   Width"),
            FRAME.replace("IsKey", "Width"),
            FRAME.replace("u32[4]", "u32[0]"),
            FRAME.replace("utf8 @8", "utf8[2] @8"),
            FRAME + FRAME,
            "nonsense\n",
        ]
        for text in cases:
            with self.assertRaises(SchemaFormatError, msg=text):
                Schema.parse(text)
        self.assertEqual(Schema.parse("").messages, ())

    def test_excessive_nesting_is_refused(self) -> None:
        with self.assertRaises(SchemaFormatError):
            Schema.parse(
                "message M id 1 version 1 size 1\n  F A0(1) @0\n"
                + "".join(f"struct A{depth} size 1\n  F A{depth + 1}(1) @0\n" for depth in range(60)))
        with self.assertRaises(SchemaFormatError):
            Schema.parse("message M id 1 version 1 size 1\n  F u8" + "[1]" * 40 + " @0\n")


class HostilePayloadTests(unittest.TestCase):
    def test_mutated_payloads_raise_format_errors_only(self) -> None:
        message = Schema.parse(FRAME).messages[0]
        payload = bytearray(encode(message, VALUES))
        for at in range(len(payload)):
            for value in (0, 1, 0x7F, 0xFF):
                changed = bytearray(payload)
                changed[at] = value
                try:
                    decode(message, bytes(changed), 2)
                except MessageFormatError:
                    pass
        for length in range(len(payload)):
            try:
                decode(message, bytes(payload[:length]), 2)
            except MessageFormatError:
                continue
            self.assertGreaterEqual(length, 80)

    def test_overlapping_ranges_are_refused(self) -> None:
        message = Schema.parse("message M id 1 version 1 size 8\n  F N(+)[] @0\nnested N version 1 size 8\n  G u8[] @0\n").messages[0]
        count = 1000
        shared = struct.pack("<II", 8, 1992) + bytes(1992)
        payload = struct.pack("<II", 8, 8 * count) + struct.pack("<II", 8 + 8 * count, len(shared)) * count + shared
        with self.assertRaisesRegex(MessageFormatError, "overlap"):
            decode(message, payload, 1)

    def test_wrong_values_are_refused(self) -> None:
        message = Schema.parse(FRAME).messages[0]
        for values in ({"Width": "x"}, {"Nothing": 1}, {"Histogram": [1]}, {"Width": 1 << 31}, {"Camera": 5}, {"Origin": {"Z": 1}}):
            with self.assertRaises(MessageFormatError, msg=str(values)):
                encode(message, values)


if __name__ == "__main__":
    unittest.main()
