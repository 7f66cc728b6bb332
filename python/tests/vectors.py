"""Makes the payloads of native/golden/payloads.txt with the generated module ``golden``, and reads them back.

The values are those of PayloadVectors.cs. ``vectors.py FILE``
"""

import sys
import uuid
from decimal import Decimal

from golden import Bag, Colour, Document, Everything, Leaf, Moments, Point, Remark

EVERYTHING = Everything(
    signed128=-(1 << 127) + 5, unsigned128=(1 << 128) - 6, id=uuid.UUID("00112233-4455-6677-8899-aabbccddeeff"), signed64=-(1 << 63),
    unsigned64=(1 << 64) - 1, float64=-0.5, origin=Point(1.5, -2.5), signed32=-(1 << 31), unsigned32=(1 << 32) - 1, float32=0.25,
    numbers=[1, 0, 0, (1 << 32) - 1], signed16=-(1 << 15), unsigned16=65535, float16=0.5, letter="€", colour=0xFF00, signed8=-128,
    unsigned8=255, flag=True, added=77)
DOCUMENT = Document(
    number=7, title="Größe €", wide="wide €", subtitle=None, data=b"\1\2\3", extra=None, weights=[0.5, -1.0], points=[Point(1, 2), Point(3, 4)],
    colours=[0xFF00, 0, 0xFF00], summary=Remark("a", [1, -2]), remarks=[Remark(None, []), Remark("bc", [(1 << 63) - 1])], language="de")
VECTORS = {
    "everything": EVERYTHING,
    "everything-zero": Everything(),
    "document": DOCUMENT,
    "moments": Moments(
        moment=638448066150000000 | 1 << 62, local=(638448012150000000, 90), span=-1296050000000, day=738944, time=863400000000,
        amount=Decimal("-12345.67"), clef="\U0001D11E", number=5, nothing=None, place=Point(1, 2), colour=Colour.RED, link="https://example.org/",
        leaf=Leaf(1, 2), last=~3),
    "bag": Bag(
        pair={"Count": 3, "Name": "three"}, map=[{"Key": "one", "Value": 1}], names=["a", "bc"], huge=-123456789012345678901234567890,
        after=77),
    "document-empty": Document(subtitle="", extra=b"", summary=Remark()),
}


def main() -> None:
    for line in open(sys.argv[1], encoding="utf-8"):
        name, payload = line.split()
        value = VECTORS[name]
        read = type(value).from_payload(bytes.fromhex(payload))
        assert read == value, f"{name}: {read} is not {value}"
        print(name, value.to_payload().hex())
    old = Document.from_payload(DOCUMENT.to_payload(), 1)
    assert old.language == "" and old.title == DOCUMENT.title, old


if __name__ == "__main__":
    main()
