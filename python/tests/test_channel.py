"""Observes channels that the C library makes; needs ``make -C native``."""

import os
import random
import shutil
import struct
import tempfile
import threading
import time
import unittest
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipmpsc
from ipmpsc import Channel, ChannelCorruptError, ChannelFileError, ChannelMismatchError, ChannelNotFoundError, MessageFormatError, Receiver, Sender
from ipmpsc.native import library

NOTE = "message Demo.Note id 5 version 2 size 16\n  Number i32 @0\n  MainText utf8 @4\n  Extra i32 @12 since 2\n"


@dataclass
class Note:
    number: int
    main_text: str
    more: int = -1


def has_library() -> bool:
    try:
        library()
    except OSError:
        return False
    return True


@unittest.skipUnless(has_library(), "libipmpsc.so is not built: run 'make -C native'")
class ChannelTests(unittest.TestCase):
    def setUp(self) -> None:
        self.directory = tempfile.mkdtemp(dir="/dev/shm")
        self.path = os.path.join(self.directory, "channel")
        self.addCleanup(shutil.rmtree, self.directory)

    def create(self, capacity: int = 4096, **options: Any) -> Receiver:
        receiver = Receiver.open(self.path, mode="create", schema=NOTE, capacity=capacity, slots=4, **options)
        self.addCleanup(receiver.close)
        return receiver

    def join(self) -> Sender:
        sender = Sender.open(self.path)
        self.addCleanup(sender.close)
        return sender

    def look(self) -> Channel:
        channel = Channel.open(self.path)
        self.addCleanup(channel.close)
        return channel

    @staticmethod
    def send(sender: Sender, number: int) -> None:
        sender.send_message("Note", {"Number": number, "MainText": f"n{number} €", "Extra": -number})

    def test_waiting_and_received_messages_are_distinguished(self) -> None:
        receiver, sender, channel = self.create(), self.join(), self.look()
        for number in range(100):
            self.send(sender, number)
            if number >= 10:
                with receiver.take(1) as message:
                    self.assertEqual(message.fields["Number"], number - 10)
        self.assertEqual([message.fields["Number"] for message in channel.peek()], list(range(90, 100)))
        history = [message.fields["Number"] for message in channel.history()]
        self.assertEqual(history, list(range(history[0], 90)))
        self.assertGreater(len(history), 60)
        message = next(iter(channel.peek()))
        self.assertEqual(message.into(Note), Note(90, "n90 €"))
        self.assertEqual((message.id, message.version, message.name), (5, 2, "Demo.Note"))

    def test_owners_that_are_not_trusted_are_refused(self) -> None:
        self.create(access=f"Observers:{os.getegid()}")
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o640)
        Channel.open(self.path, "User:4711, self").close()
        for trusted in ("User:4711", "User:nobody", "MemberOf:daemon"):
            with self.assertRaisesRegex(ChannelFileError, f"trusts {trusted}"):
                Channel.open(self.path, trusted)
            with self.assertRaisesRegex(ChannelFileError, f"trusts {trusted}"):
                Sender.open(self.path, trusted_owners=trusted)
        for text in ("", "somebody", "User:", "Self:x", "Self,"):
            with self.assertRaises(ValueError):
                Channel.open(self.path, text)
        if os.geteuid() == 0:
            os.chown(self.path, 4711, 4711)
            self.assertRaises(ChannelFileError, Channel.open, self.path)
            Channel.open(self.path, "Root, User:4711").close()
            Sender.open(self.path, trusted_owners="User:4711").close()

    def test_messages_carry_a_trace(self) -> None:
        parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        receiver, plain, channel = self.create(), self.join(), self.look()
        sender = Sender.open(self.path, trace_messages=True)
        self.addCleanup(sender.close)
        before = time.monotonic_ns()
        sender.send_message("Note", {"Number": 1, "MainText": ""}, trace=parent)
        sender.send(b"", id=5, version=2)
        sender.send(b"", id=5, version=2, trace=ipmpsc.Trace(17, "0" * 31 + "1", "0" * 15 + "2", 0))
        plain.send(b"", id=5, version=2, trace=parent)
        seen = [message.trace for message in channel.peek()]
        taken = [message.trace for message in (receiver.take(1) for _ in range(4)) if message]
        self.assertEqual(seen, taken)
        first, second, third, last = taken
        assert first and second and third
        self.assertEqual([trace.traceparent for trace in (first, second, third)], [parent, None, f"00-{'0' * 31}1-{'0' * 15}2-00"])
        self.assertTrue(before <= first.sent <= second.sent <= time.monotonic_ns())
        self.assertEqual((third.sent, last), (17, None))

    def test_a_text_that_is_not_a_traceparent_is_refused(self) -> None:
        for text in ("", "x", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", f"00-{'0' * 32}-b7ad6b7169203331-01"):
            self.assertRaises(ValueError, ipmpsc.Trace.of_traceparent, text)

    def test_participants_are_reported(self) -> None:
        receiver, sender, channel = self.create(), self.join(), self.look()
        self.send(sender, 1)
        info = channel.inspect()
        self.assertEqual((info.capacity, info.slots, info.head, info.retired), (4096, 4, 0, False))
        assert info.receiver
        self.assertEqual((info.receiver.pid, info.receiver.attached), (os.getpid(), True))
        self.assertEqual([(slot.slot, slot.messages, slot.claim) for slot in info.senders], [(0, 1, (0, info.tail))])
        sender.close()
        receiver.close()
        info = channel.inspect()
        self.assertFalse(info.receiver and info.receiver.attached)
        self.assertEqual([(slot.sender.attached, slot.claim) for slot in info.senders], [(False, None)])

    def test_a_tap_sees_every_message(self) -> None:
        receiver, sender = self.create(capacity=1 << 16, end_with_senders=True), Sender.open(self.path)
        tap = self.look().follow(timeout=30, interval=0.0005)
        received: list[int] = []
        taking = threading.Thread(target=lambda: received.extend(message.fields["Number"] for message in receiver))
        taking.start()
        seen: list[int] = []
        for number in range(3000):
            self.send(sender, number)
            if number % 100 == 99:
                seen.extend(next(tap).fields["Number"] for _ in range(100))
        sender.close()
        taking.join()
        self.assertEqual(received, list(range(3000)))
        self.assertEqual(seen, list(range(3000)))
        self.assertEqual(tap.missed_bytes, 0)

    def test_a_lapped_tap_counts_the_bytes_it_missed(self) -> None:
        receiver, sender = self.create(capacity=1024), self.join()
        tap = self.look().follow(timeout=0)
        for number in range(200):
            self.send(sender, number)
            with receiver.take(1):
                pass
        seen = [message.fields["Number"] for message in tap]
        self.assertEqual(seen, list(range(seen[0], 200)))
        self.assertGreater(seen[0], 100)
        copied = sum(ipmpsc.schema.align(32 + len(f"n{number} €".encode()), 16) for number in seen)
        self.assertIn(tap.position - tap.missed_bytes - copied, (0, 16, 32))  # The rest is padding at the end of laps.

    def test_a_tap_ends_with_a_deleted_channel(self) -> None:
        receiver, sender = self.create(), self.join()
        tap = self.look().follow("oldest", interval=0.001)
        for number in range(3):
            self.send(sender, number)
        library().ipmpsc_delete(os.fsencode(self.path), True, None)
        for _ in range(3):
            with receiver.take(1):
                pass
        with self.assertRaises(ipmpsc.ChannelRetiredError):
            receiver.take()
        # The seal has stamped its second part over the first record of the lap; the other records are still intact.
        self.assertEqual([message.fields["Number"] for message in tap], [1, 2])

    def test_concurrent_observers_never_see_half_a_message(self) -> None:
        receiver, sender, channel = self.create(capacity=1024, end_with_senders=True), Sender.open(self.path), self.look()
        done = threading.Event()

        def pass_on() -> None:
            for number in range(4000):
                self.send(sender, number)
            sender.close()

        def take() -> None:
            for _ in receiver:
                pass
            done.set()

        threads = [threading.Thread(target=pass_on), threading.Thread(target=take)]
        for thread in threads:
            thread.start()
        looks = 0
        while not done.is_set() or looks == 0:
            for message in [*channel.peek(), *channel.history()]:
                fields = message.fields
                self.assertEqual(fields, {"Number": fields["Number"], "MainText": f"n{fields['Number']} €", "Extra": -fields["Number"]})
            looks += 1
        for thread in threads:
            thread.join()

    def test_errors_are_typed(self) -> None:
        with self.assertRaises(ChannelNotFoundError):
            Channel.open(self.path)
        with self.assertRaises(ChannelNotFoundError):
            Sender.open(self.path)
        receiver, sender = self.create(), self.join()
        with self.assertRaises(ipmpsc.ChannelInUseError):
            Receiver.open(self.path)
        with self.assertRaises(MessageFormatError):
            sender.send_message("Other", {})
        with self.assertRaises(ipmpsc.MessageTooLargeError):
            sender.send(bytes(5000))
        self.assertIsNone(receiver.take(0))
        Path(self.path + ".short").write_bytes(b"short")
        with self.assertRaises(ChannelMismatchError):
            Channel.open(self.path + ".short")
        Path(self.path + ".other").write_bytes(bytes(10000))
        with self.assertRaises(ChannelMismatchError):
            Channel.open(self.path + ".other")

    def test_mutated_files_raise_typed_errors_only(self) -> None:
        receiver, sender = self.create(capacity=1024), self.join()
        for number in range(60):
            self.send(sender, number)
            if number > 5:
                with receiver.take(1):
                    pass
        whole = Path(self.path).read_bytes()
        seed = int(os.environ.get("IPMPSC_SEED", random.randrange(1 << 32)))
        print(f"seed {seed}")
        noise = random.Random(seed)
        copy = Path(self.path + ".copy")
        for _ in range(1500):
            image = bytearray(whole)
            for _ in range(noise.choice((1, 1, 3))):
                at = noise.choice((noise.randrange(len(image) // 8) * 8, noise.choice((8, 16, 24, 56, 256, 384, 4096, 4104))))
                image[at : at + 8] = struct.pack("<Q", noise.choice((0, 1, 16, (1 << 64) - 1, 1 << 63, noise.getrandbits(64), noise.getrandbits(12))))
            copy.write_bytes(image)
            try:
                with Channel.open(copy) as channel:
                    channel.inspect()
                    for message in [*channel.peek(), *channel.history(), *channel.follow("oldest", timeout=0)]:
                        if message.type:
                            try:
                                message.fields
                            except MessageFormatError:
                                pass
            except (ChannelMismatchError, ChannelCorruptError):
                pass


if __name__ == "__main__":
    unittest.main()
