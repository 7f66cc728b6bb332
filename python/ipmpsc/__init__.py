"""Reads IpMpsc channels with the standard library alone, and sends and receives through the C library.

>>> from ipmpsc import Channel
>>> with Channel.open("quotes") as channel:
...     for message in channel.peek():
...         print(message.name, message.fields)
"""

from .channel import Channel, ChannelInfo, Identity, Message, SlotInfo, Tap, Trace, resolve, runtime_directory
from .errors import (
    ChannelCompletedError,
    ChannelCorruptError,
    ChannelError,
    ChannelFileError,
    ChannelInUseError,
    ChannelMismatchError,
    ChannelNotFoundError,
    ChannelRetiredError,
    MessageFormatError,
    MessageTooLargeError,
    ReceiverGoneError,
    SchemaFormatError,
)
from .native import HeldMessage, Receiver, Sender
from .payload import decode, encode
from .schema import Field, FieldType, MessageType, Schema

__all__ = [
    "Channel",
    "ChannelCompletedError",
    "ChannelCorruptError",
    "ChannelError",
    "ChannelFileError",
    "ChannelInUseError",
    "ChannelInfo",
    "ChannelMismatchError",
    "ChannelNotFoundError",
    "ChannelRetiredError",
    "Field",
    "FieldType",
    "HeldMessage",
    "Identity",
    "Message",
    "MessageFormatError",
    "MessageTooLargeError",
    "MessageType",
    "Receiver",
    "ReceiverGoneError",
    "Schema",
    "SchemaFormatError",
    "Sender",
    "SlotInfo",
    "Tap",
    "Trace",
    "decode",
    "encode",
    "resolve",
    "runtime_directory",
]
