"""Senders and receivers: the C library, called by ctypes.

It is looked for at ``$IPMPSC_LIBRARY``, beside this package, in ``native/build`` of this repository, and where the system
finds ``libipmpsc.so``. Build it with ``make -C native``. Reading needs none of this.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from .channel import Trace
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
from .payload import decode, encode
from .schema import Schema

_OK, _EMPTY, _FULL, _COMPLETED = 0, 1, 2, 4
_INTERRUPTED: Final = 8
_ERRORS: Final[dict[int, type[ChannelError]]] = {
    3: ChannelRetiredError,
    4: ChannelCompletedError,
    5: ReceiverGoneError,
    6: MessageTooLargeError,
    7: ChannelCorruptError,
    9: ChannelNotFoundError,
    10: ChannelInUseError,
    11: ChannelInUseError,
    12: ChannelMismatchError,
    13: ChannelFileError,
}
_MODES: Final = {"open": 0, "create": 1, "open_or_create": 2}
_END_WITH_SENDERS, _FAIL_WITHOUT_RECEIVER, _TRACE_MESSAGES = 1, 2, 4
_SLICE: Final = 200_000_000  # So often a wait lets Python handle its signals, such as Ctrl-C.


class _Options(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32),
        ("mode", ctypes.c_uint32),
        ("capacity", ctypes.c_uint64),
        ("slots", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("schema", ctypes.c_char_p),
        ("participant", ctypes.c_char_p),
        ("access", ctypes.c_char_p),
        ("trusted_owners", ctypes.c_char_p),
    ]


class _Trace(ctypes.Structure):
    _fields_ = [
        ("sent", ctypes.c_int64),
        ("trace_id", ctypes.c_uint8 * 16),
        ("span_id", ctypes.c_uint8 * 8),
        ("flags", ctypes.c_uint8),
    ]


class _Message(ctypes.Structure):
    _fields_ = [
        ("payload", ctypes.c_void_p),
        ("length", ctypes.c_uint32),
        ("id", ctypes.c_uint16),
        ("version", ctypes.c_uint16),
        ("position", ctypes.c_uint64),
        ("trace", _Trace),
    ]


@cache
def library() -> ctypes.CDLL:
    """The C library, loaded once.

    :raises OSError: It is not there; reading works without it.
    """
    here = Path(__file__).resolve().parent
    places = [os.environ.get("IPMPSC_LIBRARY"), here / "libipmpsc.so", here.parent.parent / "native/build/libipmpsc.so"]
    found = next((str(place) for place in places if place and Path(place).exists()), None) or ctypes.util.find_library("ipmpsc")
    if found is None:
        raise OSError("libipmpsc.so is not there: build it with 'make -C native', or set IPMPSC_LIBRARY to its path.")
    loaded = ctypes.CDLL(found)
    pointer, text, integer = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    u16, u32, u64, i64 = ctypes.c_uint16, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_int64
    for name, result, arguments in [
        ("last_error", text, []),
        ("sender_open", integer, [text, ctypes.POINTER(_Options), ctypes.POINTER(pointer)]),
        ("sender_close", None, [pointer]),
        ("sender_schema", pointer, [pointer, ctypes.POINTER(ctypes.c_size_t)]),
        ("sender_set_trace", None, [pointer, ctypes.POINTER(_Trace)]),
        ("send", integer, [pointer, u16, u16, text, u32, i64]),
        ("receiver_open", integer, [text, ctypes.POINTER(_Options), ctypes.POINTER(pointer)]),
        ("receiver_close", None, [pointer]),
        ("receiver_schema", pointer, [pointer, ctypes.POINTER(ctypes.c_size_t)]),
        ("take", integer, [pointer, i64, ctypes.POINTER(_Message)]),
        ("release", integer, [pointer, u64]),
        ("receiver_recoveries", u64, [pointer]),
        ("skip_corrupt", integer, [pointer, ctypes.POINTER(u64)]),
    ]:
        function = getattr(loaded, f"ipmpsc_{name}")
        function.restype, function.argtypes = result, arguments
    return loaded


def _raise(status: int) -> None:
    message = library().ipmpsc_last_error().decode("utf-8", "replace")
    raise _ERRORS.get(status, ChannelError)(message)


class _Participant:
    """What senders and receivers share."""

    _kind = ""

    def __init__(self, handle: ctypes.c_void_p) -> None:
        self._handle: ctypes.c_void_p | None = handle
        length = ctypes.c_size_t()
        text = getattr(library(), f"ipmpsc_{self._kind}_schema")(handle, ctypes.byref(length))
        #: The message types of the channel; none for raw bytes, and for payloads of another library.
        self.schema: Final = _schema(ctypes.string_at(text, length.value))

    @classmethod
    def _open(
        cls, name: str, mode: str, capacity: int, slots: int, schema: str | None, participant: str | None, flags: int,
        access: str | None, trusted_owners: str,
    ) -> ctypes.c_void_p:
        options = _Options(
            ctypes.sizeof(_Options), _MODES[mode], capacity, slots, flags,
            None if schema is None else schema.encode(), (participant or f"python {os.getpid()}").encode(),
            None if access is None else access.encode(), trusted_owners.encode())
        handle = ctypes.c_void_p()
        status = getattr(library(), f"ipmpsc_{cls._kind}_open")(os.fsencode(name), ctypes.byref(options), ctypes.byref(handle))
        if status != _OK:
            _raise(status)
        return handle

    def close(self) -> None:
        """Leaves the channel."""
        if self._handle is not None:
            getattr(library(), f"ipmpsc_{self._kind}_close")(self._handle)
            self._handle = None

    def _use(self) -> ctypes.c_void_p:
        if self._handle is None:
            raise ValueError(f"The {self._kind} was closed.")
        return self._handle

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _schema(text: bytes) -> Schema:
    try:
        return Schema.parse(text.decode("utf-8"))
    except (SchemaFormatError, UnicodeDecodeError):
        return Schema()  # Payloads are still bytes.


def _slices(timeout: float | None) -> Any:
    """The timeouts of the calls that make up one wait."""
    if timeout is None:
        while True:
            yield _SLICE
    rest = int(timeout * 1e9)
    while rest > _SLICE:
        yield _SLICE
        rest -= _SLICE
    yield max(rest, 0)


class Sender(_Participant):
    """Sends to a channel. One thread at a time uses it."""

    _kind = "sender"

    @classmethod
    def open(
        cls, name: str, *, mode: str = "open", capacity: int = 0, slots: int = 0, schema: str | None = None,
        participant: str | None = None, fail_without_receiver: bool = False, access: str | None = None, trusted_owners: str = "Self",
        trace_messages: bool = False,
    ) -> Sender:
        """Joins a channel.

        :param mode: ``"open"``, ``"create"`` or ``"open_or_create"``.
        :param capacity: Bytes of the ring when it is made, a power of two; 0: the default, or what there is.
        :param schema: The text of the messages; None: any when opening, raw bytes when making.
        :param fail_without_receiver: Whether a full channel without a receiver is an error instead of a wait.
        :param access: Who else may open the channel when it is made: ``"Group:NAME"``, ``"Observers:NAME"``; None: nobody.
        :param trusted_owners: Whose channels are opened, such as ``"Self, Root, User:feed, MemberOf:market"``.
        :param trace_messages: Whether each message carries the time and a trace context, for 48 bytes more of the ring.
        """
        flags = (_FAIL_WITHOUT_RECEIVER if fail_without_receiver else 0) | (_TRACE_MESSAGES if trace_messages else 0)
        return cls(cls._open(name, mode, capacity, slots, schema, participant, flags, access, trusted_owners))

    def __enter__(self) -> Sender:
        return self

    def send(
        self, payload: bytes, *, id: int = 0, version: int = 0, timeout: float | None = None, trace: Trace | str | None = None,
    ) -> bool:
        """Sends bytes. False if the timeout, in seconds, passed before there was room; None waits without end.

        :param trace: The context that the message carries if the sender was opened with ``trace_messages``: a W3C traceparent, or the trace of
            another message, which brings its time along.
        """
        self._set_trace(trace)
        for slice in _slices(timeout):
            status = library().ipmpsc_send(self._use(), id, version, payload, len(payload), slice)
            if status not in (_OK, _FULL, _INTERRUPTED):
                _raise(status)
            if status == _OK:
                return True
        return False

    def send_message(
        self, name: str, values: Mapping[str, Any], *, timeout: float | None = None, trace: Trace | str | None = None,
    ) -> bool:
        """Sends a message of the channel's schema, by its name and the values of its fields."""
        message = self.schema.named(name)
        if message is None:
            known = ", ".join(known.name for known in self.schema.messages) or "none: it carries raw bytes"
            raise MessageFormatError(f"The channel has no message '{name}'. It has {known}.")
        return self.send(encode(message, values), id=message.id, version=message.version, timeout=timeout, trace=trace)

    def _set_trace(self, trace: Trace | str | None) -> None:
        if isinstance(trace, str):
            trace = Trace.of_traceparent(trace)
        given = None if trace is None else _Trace(
            trace.sent,
            (ctypes.c_uint8 * 16)(*bytes.fromhex(trace.trace_id)),
            (ctypes.c_uint8 * 8)(*bytes.fromhex(trace.span_id)),
            trace.flags)
        library().ipmpsc_sender_set_trace(self._use(), None if given is None else ctypes.byref(given))


class HeldMessage:
    """A message that stays in the ring until it is released. Use it as a context manager, or call release."""

    def __init__(self, receiver: Receiver, message: _Message) -> None:
        self._receiver = receiver
        self.position: Final[int] = message.position
        self.id: Final[int] = message.id
        self.version: Final[int] = message.version
        #: A copy of the payload.
        self.payload: Final = ctypes.string_at(message.payload, message.length)
        #: When and as a part of what it was sent; None unless its sender traces its messages.
        self.trace: Final = (
            Trace.of(message.trace.sent, bytes(message.trace.trace_id), bytes(message.trace.span_id), message.trace.flags)
            if message.trace.sent else None)

    @property
    def fields(self) -> dict[str, Any]:
        """Its values by the names of the fields."""
        found = self._receiver.schema.find(self.id)
        if found is None:
            raise MessageFormatError(f"The message at position {self.position:,} has the id {self.id}, of which the channel says nothing.")
        return decode(found, self.payload, self.version)

    def release(self) -> None:
        """Gives its room back to the senders, when everything before it is released."""
        status = library().ipmpsc_release(self._receiver._use(), self.position)
        if status != _OK:
            _raise(status)

    def __enter__(self) -> HeldMessage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()


class Receiver(_Participant):
    """Receives from a channel. One thread at a time uses it. Iterate over it to receive and release each message."""

    _kind = "receiver"

    @classmethod
    def open(
        cls, name: str, *, mode: str = "open", capacity: int = 0, slots: int = 0, schema: str | None = None,
        participant: str | None = None, end_with_senders: bool = False, access: str | None = None, trusted_owners: str = "Self",
    ) -> Receiver:
        """Joins a channel as its receiver; the parameters are those of :meth:`Sender.open`.

        :param end_with_senders: Whether waits end when every sender has left and everything is received. A sender whose end another
            receiver has left with does not count.
        """
        flags = _END_WITH_SENDERS if end_with_senders else 0
        return cls(cls._open(name, mode, capacity, slots, schema, participant, flags, access, trusted_owners))

    def __enter__(self) -> Receiver:
        return self

    def take(self, timeout: float | None = None) -> HeldMessage | None:
        """The next message, held until it is released; None if the timeout, in seconds, passed before there was one.

        :raises ChannelCompletedError: Every sender has left, and the receiver was opened to end then.
        :raises ChannelCorruptError: :meth:`skip_corrupt` steps over the record.
        """
        message = _Message()
        for slice in _slices(timeout):
            status = library().ipmpsc_take(self._use(), slice, ctypes.byref(message))
            if status not in (_OK, _EMPTY, _INTERRUPTED):
                _raise(status)
            if status == _OK:
                return HeldMessage(self, message)
        return None

    @property
    def recoveries(self) -> int:
        """Gaps of dead senders that were stepped over."""
        return int(library().ipmpsc_receiver_recoveries(self._use()))

    def skip_corrupt(self) -> int:
        """Steps over a corrupt record; the bytes stepped over, 0 if the next one is sound."""
        skipped = ctypes.c_uint64()
        status = library().ipmpsc_skip_corrupt(self._use(), ctypes.byref(skipped))
        if status != _OK:
            _raise(status)
        return skipped.value

    def __iter__(self) -> Receiver:
        return self

    def __next__(self) -> HeldMessage:
        try:
            message = self.take()
        except ChannelCompletedError:
            raise StopIteration from None
        assert message is not None
        message.release()
        return message
