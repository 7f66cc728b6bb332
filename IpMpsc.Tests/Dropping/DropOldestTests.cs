#pragma warning disable IPM0048 // A test ends while the receiver holds messages.
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Dropping;

/// <summary>The receiver skips the oldest messages of a ring that is nearly full, and nothing else.</summary>
[CancelAfter(30_000)]
public sealed class DropOldestTests : ChannelFixture
{
    private const int Record = 32;
    private const int Room = 16;

    private Receiver<Price> _receiver = null!;
    private Sender<Price> _sender = null!;

    [SetUp]
    public void Open()
    {
        _receiver = Receiver<Price>.Create(ChannelPath, new IpcChannelOptions { Capacity = Room * Record, FullMode = FullMode.DropOldest });
        _sender = Sender<Price>.Open(ChannelPath, new IpcChannelOptions { FullMode = FullMode.DropOldest });
    }

    [TearDown]
    public void Close()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Test]
    public void NothingIsDroppedUpToSevenEighths()
    {
        Send(0, Room * 7 / 8);
        Expect(0, Room * 7 / 8);
        Assert.That(_receiver.DroppedMessages, Is.Zero);
    }

    [Test]
    public void TheOldestMessagesAreDroppedDownToThreeQuarters()
    {
        Send(0, Room);
        Expect(Room / 4, Room * 3 / 4);
        Assert.That(_receiver.DroppedMessages, Is.EqualTo(Room / 4));
        ChannelInfo info = IpcChannel.Inspect(ChannelPath);
        Assert.That((info.MessagesReceived, info.DroppedByReceiver, info.DroppedBySenders), Is.EqualTo((Room * 3 / 4L, Room / 4L, 0L)));
    }

    [Test]
    public void ASenderThatWaitsGetsTheRoom()
    {
        Send(0, Room);
        using SegmentWords words = new(ChannelPath);
        Task sending = Background.Run(() => Send(Room, 2));
        words.AwaitSleepingSender();

        // The first message that is dropped wakes the sender, which may fill the room while the receiver is still dropping.
        Assert.That(_receiver.Receive().Number, Is.InRange(Room / 4, (Room / 4) + 2));
        sending.Finish("The sender");
    }

    [Test]
    public void WhatIsHeldStaysAndDoesNotCountAsWaiting()
    {
        Send(0, Room * 7 / 8);
        HeldMessage<Price>[] held = [_receiver.Hold(), _receiver.Hold(), _receiver.Hold()];
        Send(100, 2);
        Assert.That(_receiver.Receive().Number, Is.EqualTo(3), "13 messages wait, which is less than seven eighths.");
        Assert.That(held.Select(message => message.Read().Number), Is.EqualTo(new[] { 0, 1, 2 }));
        Array.ForEach(held, message => message.Dispose());
        Assert.That(_receiver.DroppedMessages, Is.Zero);
    }

    [Test]
    public async Task AnAsynchronousWaitDropsAsWell()
    {
        Send(0, Room);
        Assert.That((await _receiver.ReceiveAsync()).Number, Is.EqualTo(Room / 4));
        Assert.That((await _receiver.ReceiveAsync()).Number, Is.EqualTo((Room / 4) + 1));
    }

    private void Send(int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            _sender.Send(new Price { Number = number });
        }
    }

    private void Expect(int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            Assert.That(_receiver.Receive().Number, Is.EqualTo(number));
        }

        Assert.That(_receiver.TryReceive(out _), Is.False);
    }
}
