"""Looks into channels: maps their file for reading only, takes no lock, stores nothing. No participant notices.

Every copy is checked after it was made. The bytes of a record are overwritten only by a claim one capacity later, and that
claim moves the tail before it writes: so what was copied is intact if the tail, read afterwards, is not beyond it.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import re
import stat
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields as dataclass_fields, is_dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Type, TypeVar

from .errors import (
    ChannelCorruptError,
    ChannelFileError,
    ChannelMismatchError,
    ChannelNotFoundError,
    MessageFormatError,
    SchemaFormatError,
)
from .owners import check_owner
from .payload import decode
from .schema import MessageType, Schema

T = TypeVar("T")

_MAGIC: Final = 0x1A896373704D7049
_LAYOUT_VERSION: Final = 4
_PAGE: Final = 4096
_SPREAD: Final = 0x9E3779B97F4A7C15
_M64: Final = (1 << 64) - 1
_MAX_POSITION: Final = (1 << 63) - 1

_TAIL: Final = 256
_HEAD: Final = 384
_STATE: Final = 516

_SLOT_SIZE: Final = 128
_FIRST_SLOT: Final = 1 << 62
_RECEIVER: Final = _FIRST_SLOT - 1
_FLOCK: Final = struct.Struct("hhqqi4x")  # struct flock of a 64-bit Linux

_MESSAGE, _PADDING, _ABORTED, _TRACED = 1, 2, 3, 4
_TRAILER_SIZE: Final = 48
_TRACEPARENT: Final = re.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")

_fence_lock = threading.Lock()


def _fence() -> None:
    """Orders the loads before it and those after it, also on processors that do not do so by themselves."""
    with _fence_lock:
        pass


@dataclass(frozen=True)
class Identity:
    """A participant, for people to read."""

    pid: int
    name: str
    joined: float  #: Seconds since 1970.
    attached: bool


@dataclass(frozen=True)
class SlotInfo:
    """A sender slot that was ever used."""

    slot: int
    sender: Identity
    messages: int  #: Sent by this sender.
    bytes: int
    waits: int
    dropped: int  #: Messages that it did not send because there was no room.
    claim: tuple[int, int] | None  #: Start and end of its last claim, which stays there after the commit.


@dataclass(frozen=True)
class ChannelInfo:
    """What a channel looks like."""

    path: str
    capacity: int
    slots: int
    head: int
    tail: int
    messages_held: int  #: Taken by the receiver and not released.
    messages_received: int
    bytes_received: int
    dropped_by_senders: int  #: Messages that senders did not send because there was no room.
    dropped_by_receiver: int  #: Messages that receivers stepped over because newer ones came.
    created: float
    retired: bool
    receiver: Identity | None
    senders: tuple[SlotInfo, ...]

    @property
    def bytes_waiting(self) -> int:
        """Bytes between head and tail, with headers and claims that are not committed."""
        return self.tail - self.head


@dataclass(frozen=True)
class Trace:
    """What a sender that traces its messages sent along."""

    sent: int  #: Nanoseconds of ``time.monotonic_ns()``, which the processes of a machine share.
    trace_id: str  #: 32 hexadecimal digits; empty if the sender had no context.
    span_id: str  #: 16 hexadecimal digits; empty if the sender had no context.
    flags: int

    @staticmethod
    def parse(trailer: bytes) -> Trace:
        """Reads the 48 bytes behind a payload."""
        return Trace.of(*struct.unpack_from("<q16s8sB", trailer))

    @staticmethod
    def of(sent: int, trace_id: bytes, span_id: bytes, flags: int) -> Trace:
        """Makes it of its parts, as they lie in the ring."""
        known = any(trace_id) and any(span_id)
        return Trace(sent, trace_id.hex() if known else "", span_id.hex() if known else "", flags)

    @staticmethod
    def of_traceparent(text: str) -> Trace:
        """Reads a W3C traceparent. Its time is 0, which stands for the time of the send.

        :raises ValueError: It is not one.
        """
        parts = _TRACEPARENT.fullmatch(text)
        if parts is None or not any(bytes.fromhex(parts[1])) or not any(bytes.fromhex(parts[2])):
            raise ValueError(f"'{text}' is not a traceparent such as 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.")
        return Trace(0, parts[1], parts[2], int(parts[3], 16))

    @property
    def traceparent(self) -> str | None:
        """The W3C traceparent, for a propagator such as that of OpenTelemetry."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags:02x}" if self.trace_id else None


@dataclass(frozen=True)
class Message:
    """A copy of a message."""

    position: int
    id: int
    version: int
    payload: bytes
    type: MessageType | None  #: None in a channel of raw bytes, and for an id that its schema does not have.
    trace: Trace | None = None  #: When and as a part of what it was sent; None unless its sender traces its messages.

    @property
    def name(self) -> str:
        """The full name of its type, or ``#ID``."""
        return self.type.name if self.type else f"#{self.id}"

    @cached_property
    def fields(self) -> dict[str, Any]:
        """Its values by the names of the fields.

        :raises MessageFormatError: The payload cannot be such a message, or nothing is known of its type.
        """
        if self.type is None:
            raise MessageFormatError(f"The message at position {self.position:,} has the id {self.id}, of which the channel says nothing.")
        return decode(self.type, self.payload, self.version)

    def into(self, cls: Type[T]) -> T:  # Not type, which is a field here.
        """Makes a dataclass of the fields. A field ``MidPrice`` goes to ``MidPrice`` or ``mid_price``; others are dropped."""
        if not is_dataclass(cls):
            raise TypeError(f"{cls.__name__} is not a dataclass.")
        plain = {_plain(name): value for name, value in self.fields.items()}
        return cls(**{f.name: plain[_plain(f.name)] for f in dataclass_fields(cls) if f.init and _plain(f.name) in plain})


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def runtime_directory() -> Path:
    """Where channels lie that are named without a path."""
    session = os.environ.get("XDG_RUNTIME_DIR")
    if session:
        return Path(session, "ipmpsc")
    return Path("/dev/shm" if os.path.isdir("/dev/shm") else "/tmp", f"ipmpsc-{os.geteuid()}")


def resolve(name: str | os.PathLike[str]) -> str:
    """The path of a channel: what has a ``/`` is a path, anything else lies in the runtime directory."""
    text = os.fspath(name)
    return text if "/" in text else str(runtime_directory() / text)


class Channel:
    """A look at a channel. One thread at a time uses it; open another one for another thread."""

    def __init__(self, path: str, descriptor: int) -> None:
        self.path: Final = path
        self._descriptor = descriptor
        length = os.fstat(descriptor).st_size
        if length < _PAGE:
            raise ChannelMismatchError(f"'{path}' is not a channel: it has {length:,} bytes, a header alone has {_PAGE:,}.")
        self._map = mmap.mmap(descriptor, length, prot=mmap.PROT_READ)
        # Items of these are loaded as one aligned word each, where struct would load byte by byte.
        self._bytes = memoryview(self._map)
        self._words = self._bytes[: length // 8 * 8].cast("Q")
        self._halves = self._bytes[: length // 4 * 4].cast("I")
        self._check(length)

    @classmethod
    def open(cls, name: str | os.PathLike[str], trusted_owners: str = "Self") -> Channel:
        """Opens a channel to look at it.

        :param trusted_owners: Whose channels are opened, such as ``"Self, Root, User:feed, MemberOf:market"``.
        :raises ChannelNotFoundError: There is none of that name.
        :raises ChannelMismatchError: The file is not a channel, or of another layout version.
        :raises ChannelCorruptError: Its header is damaged.
        :raises ChannelFileError: The system refuses the file.
        """
        path = resolve(name)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError as error:
            raise ChannelNotFoundError(
                f"There is no channel '{path}'. Another user, service or container can have another directory for the same name."
            ) from error
        except OSError as error:
            raise ChannelFileError(f"'{path}' cannot be opened: {error.strerror}.") from error
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise ChannelFileError(f"'{path}' is not a regular file, so it is not a channel.")
            check_owner(path, status.st_uid, trusted_owners)
            return cls(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise

    def close(self) -> None:
        """Ends the look. What was read stays valid."""
        if self._descriptor >= 0:
            for view in (self._words, self._halves, self._bytes):
                view.release()
            self._map.close()
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Channel:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # ---- what a channel says about itself ----

    @cached_property
    def schema_text(self) -> str:
        """The schema as it was stored when the channel was made; empty for raw bytes."""
        at, length = self._schema
        try:
            return bytes(self._bytes[at : at + length]).decode("utf-8")
        except UnicodeDecodeError as error:
            raise SchemaFormatError(1, "it is not UTF-8") from error

    @cached_property
    def schema(self) -> Schema:
        """The message types of the channel.

        :raises SchemaFormatError: The text is not a schema, or has types that this version does not know.
        """
        return Schema.parse(self.schema_text)

    @property
    def head(self) -> int:
        """Everything before this position was received and released."""
        return self._words[_HEAD // 8]

    @property
    def tail(self) -> int:
        """Where the next claim begins."""
        return self._words[_TAIL // 8]

    @property
    def retired(self) -> bool:
        """Whether the channel was deleted or replaced."""
        return bool(self._halves[_STATE // 4] & 1)

    def inspect(self) -> ChannelInfo:
        """The participants, and how far each is. Each number is true of some moment during the call."""
        head = self.head
        slots = tuple(slot for index in range(self.slots) if (slot := self._slot(index)))
        receiver = self._identity(768, _RECEIVER)
        return ChannelInfo(
            self.path, self.capacity, self.slots, head, self.tail, self._words[864 // 8], self._words[392 // 8], self._words[400 // 8],
            self._words[1024 // 8], self._words[408 // 8], self._words[96 // 8] / 1000, self.retired, receiver if receiver.pid else None, slots)

    # ---- messages ----

    def peek(self) -> Iterator[Message]:
        """Copies of the messages that wait, in their order, past claims that are not committed yet.

        :raises ChannelCorruptError: A record cannot be one that a sender made; those before it were given.
        """
        position, limit = self._positions()
        while position < limit:
            if position < (head := self.head):
                position = head  # The receiver was faster.
                continue
            found = self._record(position)
            if isinstance(found, int):
                position = found
            elif found is not None:
                position, message = found
                if message:
                    yield message
            elif (end := self._claim_end(position)) is None:
                if self._state(position) is None and self.head <= position:
                    return  # Somebody claims, and nothing behind the claim is known yet.
            else:
                position = end

    def history(self) -> Iterator[Message]:
        """Copies of messages that were received and released, from the oldest one that is still whole to head.

        Nothing clears a record; it stays until a later claim overwrites it. So the ring is a flight recorder of its
        last capacity of bytes.

        :raises ChannelCorruptError: Another program wrote into the file.
        """
        end, tail = self._positions()
        position = max(0, min(tail, self._written()) - self.capacity)
        while position < end:
            found = self._record(position)
            if isinstance(found, int):
                position = max(found, position)
            elif found is None:
                position = self._next_stamp(position, end)
            else:
                position, message = found
                if message:
                    yield message

    def follow(self, start: str | int = "tail", timeout: float | None = None, interval: float = 0.005) -> Tap:
        """Copies of messages as they pass, received or not: a tap that disturbs nobody.

        :param start: ``"tail"``: what is sent from now on; ``"head"``: what waits, too; ``"oldest"``: what is still whole in
            the ring, too; or a position.
        :param timeout: Seconds without a message after which it ends; None: never.
        :param interval: Seconds between two looks while nothing comes.
        """
        if isinstance(start, int):
            position = start
        else:
            head, tail = self._positions()
            position = {"tail": tail, "head": head, "oldest": max(0, self._written() - self.capacity)}[start]
        return Tap(self, position, timeout, interval)

    # ---- how records are read ----

    def _positions(self) -> tuple[int, int]:
        """Head and tail, if they can be true."""
        before, tail, head = self.head, self.tail, self.head
        room = self.capacity + -head % self.capacity  # The room of a filler at head is free.
        if before > tail or tail - head > room or (before | tail | head) % 16 or tail > _MAX_POSITION - self.capacity:
            raise ChannelCorruptError(f"The positions of channel '{self.path}' are damaged: head {head}, tail {tail}, capacity {self.capacity}.", head)
        return before, tail

    def _state(self, position: int) -> int | None:
        word = self._words[(self._data + position % self.capacity) // 8]
        state = word ^ (position * _SPREAD & _M64) ^ self._cookie
        return state if _MESSAGE <= state <= _TRACED else None

    def _record(self, position: int) -> tuple[int, Message | None] | int | None:
        """What stands at a position: the position behind it with the message, or None for a filler. None if no record is
        there. A position to continue at, if what stood there is overwritten by now."""
        if position % 16 or not 0 <= position <= _MAX_POSITION - self.capacity:
            raise ChannelCorruptError(f"Position {position} of channel '{self.path}' cannot be that of a record.", position)
        state = self._state(position)
        index = position % self.capacity
        _fence()
        description = self._words[(self._data + index) // 8 + 1]
        length = description & 0xFFFFFFFF
        size = (16 + length + 15 & ~15) + (_TRAILER_SIZE if state == _TRACED else 0)
        fits = index + size <= self.capacity
        is_message = state in (_MESSAGE, _TRACED)
        at = self._data + index + 16
        payload = bytes(self._bytes[at : at + length]) if is_message and fits else b""
        trailer = bytes(self._bytes[at - 16 + size - _TRAILER_SIZE : at - 16 + size]) if state == _TRACED and fits else b""
        _fence()
        if (tail := self._written()) > position + self.capacity:
            return tail - self.capacity
        if state is None:
            return None
        if not fits:
            raise ChannelCorruptError(
                f"The record at position {position:,} of channel '{self.path}' is corrupt: it says {length:,} bytes.", position)
        after = position + size
        if not is_message:
            return after, None
        id, version = description >> 32 & 0xFFFF, description >> 48
        return after, Message(position, id, version, payload, self._type(id), Trace.parse(trailer) if trailer else None)

    def _written(self) -> int:
        """The position up to which senders may have written: the tail, or head if all behind it is the seal of a retired
        channel, which has no content."""
        tail, head = self.tail, self.head
        if self.retired and tail == head + self.capacity and self._state(head) == _ABORTED:
            lap_end = head + self.capacity - head % self.capacity
            length = self._words[(self._data + head % self.capacity) // 8 + 1] & 0xFFFFFFFF
            if head + 16 + length == lap_end and (lap_end == tail or self._state(lap_end) == _ABORTED):
                return head
        return tail

    def _type(self, id: int) -> MessageType | None:
        try:
            return self.schema.find(id)
        except SchemaFormatError:
            return None  # Payloads of a schema that this version does not know are still bytes.

    def _next_stamp(self, position: int, end: int) -> int:
        """The next position at which a record stands; the end if there is none before it."""
        position += 16
        while position < end and self._state(position) is None:
            position += 16
        return position

    def _claim_end(self, position: int) -> int | None:
        """Where a claim that covers a position and is not committed ends, as recovery finds it."""
        tail = self.tail
        claims = [claim for index in range(self.slots) if (claim := self._claim(index))]
        starts = {start for start, _ in claims}
        ends = [end for start, end in claims if start <= position < end <= tail]
        return min((end for end in ends if end == tail or end in starts or self._state(end)), default=None)

    # ---- header and slots ----

    def _check(self, length: int) -> None:
        word = self._words
        if word[0] != _MAGIC:
            raise ChannelMismatchError(f"'{self.path}' is not a channel: it begins with 0x{word[0]:016X} instead of 0x{_MAGIC:016X}.")
        version, self.slots = self._halves[2], self._halves[3]
        if version != _LAYOUT_VERSION:
            raise ChannelMismatchError(f"Channel '{self.path}' has layout version {version}; this package knows {_LAYOUT_VERSION}.")
        self.capacity, self._cookie, schema_length = word[2], word[3], word[7]
        schema = _PAGE + _SLOT_SIZE * self.slots
        self._schema = schema, schema_length
        self._data = schema + schema_length + _PAGE - 1 & -_PAGE
        size = self._data + self.capacity
        if (
            not 64 <= self.capacity <= 1 << 31
            or self.capacity & self.capacity - 1
            or not 1 <= self.slots <= 4096
            or schema_length > 1 << 20
            or (word[5], word[6], word[8], word[9]) != (_PAGE, schema, self._data, size)
            or self._cookie % 16
        ):
            raise ChannelCorruptError(
                f"The header of channel '{self.path}' is damaged: capacity {self.capacity}, slots {self.slots}, schema {schema_length} bytes do not go together.")
        if length < size:
            raise ChannelCorruptError(f"The file of channel '{self.path}' was cut: it has {length:,} bytes, its header says {size:,}.")

    def _claim(self, index: int) -> tuple[int, int] | None:
        at = (_PAGE + index * _SLOT_SIZE) // 8
        position, length = self._words[at], self._words[at + 1]
        sound = position <= _MAX_POSITION - self.capacity and 16 <= length <= self.capacity and (position | length) % 16 == 0
        return (position, position + length) if sound else None

    def _slot(self, index: int) -> SlotInfo | None:
        at = _PAGE + index * _SLOT_SIZE
        sender = self._identity(at + 48, _FIRST_SLOT + index)
        messages, sent, waits = self._words[at // 8 + 2 : at // 8 + 5].tolist()
        return SlotInfo(index, sender, messages, sent, waits, self._words[at // 8 + 14], self._claim(index)) if sender.pid else None

    def _identity(self, at: int, lock: int) -> Identity:
        name = bytes(self._bytes[at + 16 : at + 64]).partition(b"\0")[0].decode("utf-8", "replace")
        return Identity(self._halves[at // 4], name, self._words[at // 8 + 1] / 1000, self._is_locked(lock))

    def _is_locked(self, offset: int) -> bool:
        try:
            answer = fcntl.fcntl(self._descriptor, fcntl.F_OFD_GETLK, _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, offset, 1, 0))
        except OSError:
            return True  # A participant that is not known to be dead is taken for alive.
        return bool(_FLOCK.unpack(answer)[0] != fcntl.F_UNLCK)


class Tap(Iterator[Message]):
    """The messages of a channel as they pass. Iterate over it; each step waits for the next message."""

    def __init__(self, channel: Channel, position: int, timeout: float | None, interval: float) -> None:
        self._channel = channel
        self._timeout = timeout
        self._interval = interval
        #: The position that is looked at next.
        self.position = position
        #: Bytes that were overwritten before they could be copied, with headers: the tap was too slow for them.
        self.missed_bytes = 0

    def __iter__(self) -> Tap:
        return self

    def __next__(self) -> Message:
        idle_since = time.monotonic()
        while True:
            message = self._look()
            if message is not None:
                return message
            if self._is_over() or (self._timeout is not None and time.monotonic() - idle_since >= self._timeout):
                raise StopIteration
            time.sleep(self._interval)

    def _look(self) -> Message | None:
        """The next message that is there now."""
        channel = self._channel
        while self.position < (tail := channel._positions()[1]):
            found = channel._record(self.position)
            if isinstance(found, int):
                # Lapped. Where a record begins behind the oldest byte is told by its stamp.
                at = found if channel._state(found) else channel._next_stamp(found, tail)
                self.missed_bytes += at - self.position
                self.position = at
            elif found is not None:
                self.position, message = found
                if message:
                    return message
            elif (head := channel.head) <= self.position:
                return None  # Its sender has not committed it yet.
            elif channel._state(self.position) is None:
                # The gap of a dead sender, which the receiver has stepped over. A record was stamped before that.
                self.position = channel._next_stamp(self.position, head)
        return None

    def _is_over(self) -> bool:
        """Whether the channel is retired and the receiver has sealed it."""
        channel = self._channel
        return channel.retired and self.position >= channel.tail
