"""Watches a camera's pictures, as a cell of a notebook might, without affecting the participants.

PYTHONPATH=python python3 examples/Camera/look.py [PICTURES]
"""

import sys

from ipmpsc import Channel

most = int(sys.argv[1]) if len(sys.argv) > 1 else 10
with Channel.open("camera") as channel:
    message = channel.schema.messages[0]
    print(f"{message.name}: {', '.join(f'{field.name} {field.type.text}' for field in message.fields)}", flush=True)
    tap = channel.follow(timeout=30)
    for seen, picture in enumerate(tap, 1):
        frame = picture.fields
        spot = frame["Pixels"].index(255)
        print(f"picture {frame['Number']}: bright spot at {spot % frame['Width']}, {spot // frame['Width']}", flush=True)
        if seen == most:
            break
    print(f"{tap.missed_bytes:,} bytes passed unseen", flush=True)
