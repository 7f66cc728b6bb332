"""Prints the contents of an image, in the format common to all implementations: ``image_text.py IMAGE``."""

import sys

from ipmpsc import Channel, Message, Receiver
from ipmpsc.native import HeldMessage


def line(what: str, message: Message | HeldMessage) -> str:
    trace = f" trace {message.trace.sent} {message.trace.traceparent or 'none'}" if message.trace else ""
    return f"{what} {message.position} id {message.id} version {message.version} payload {message.payload.hex()}.{trace}"


def text(path: str) -> str:
    lines: list[str] = []
    with Channel.open(path) as channel:
        info = channel.inspect()
        lines += [
            f"capacity {info.capacity}",
            f"slots {info.slots}",
            f"head {info.head}",
            f"tail {info.tail}",
            f"retired {'yes' if info.retired else 'no'}",
            f"received {info.messages_received} bytes {info.bytes_received}",
        ]
        for slot in info.senders:
            claim = f"{slot.claim[0]} to {slot.claim[1]}" if slot.claim else "none"
            lines.append(f"slot {slot.slot} name {slot.sender.name} messages {slot.messages} bytes {slot.bytes} waits {slot.waits} claim {claim}")
        lines.append(f"schema {len(channel.schema_text.encode())}")
        lines += channel.schema_text.splitlines()
        lines += [line("peek", message) for message in channel.peek()]
        lines.append("peek ends with IPMPSC_EMPTY")
    with Receiver.open(path) as receiver:
        while message := receiver.take(0.02):
            lines.append(line("take", message))
            message.release()
        lines.append(f"take ends with IPMPSC_EMPTY, gaps {receiver.recoveries}")
    return "".join(entry + "\n" for entry in lines)


if __name__ == "__main__":
    print(text(sys.argv[1]), end="")
