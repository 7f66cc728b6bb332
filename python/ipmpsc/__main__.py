"""Prints what a channel says: ``python -m ipmpsc CHANNEL [schema | inspect | peek | history | follow]``."""

from __future__ import annotations

import json
import sys
from typing import Any

from . import Channel, ChannelError, Message


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else str(value)


def _line(message: Message) -> str:
    shown = message.fields if message.type else message.payload
    return f"{message.position} {message.name} {json.dumps(shown, default=_plain)}"


def main(arguments: list[str]) -> int:
    """Runs the command; 0 if it went well, 1 if the channel cannot be read, 2 for bad arguments."""
    what = arguments[1] if len(arguments) > 1 else "peek"
    if not 1 <= len(arguments) <= 2 or what not in ("schema", "inspect", "peek", "history", "follow"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with Channel.open(arguments[0]) as channel:
            if what == "schema":
                print(channel.schema_text, end="")
            elif what == "inspect":
                print(channel.inspect())
            else:
                for message in getattr(channel, what)():
                    print(_line(message), flush=what == "follow")
    except ChannelError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
