using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>
/// A channel's file is removed without the library: by rm, a cleaner of temporary files, or logind's RemoveIPC. Participants
/// that have it open are told, because the next process that opens the name gets another channel.
/// </summary>
[Platform("Linux", Reason = "Windows does not remove a file that is open")]
[CancelAfter(60_000)]
public sealed class RemovedFileTests : ChannelFixture
{
    [Test]
    public void WaitingReceiverIsTold(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        Task<Failure> told = Background.Run(() => Failure.Of(() => receiver.Receive(watchdog)));
        File.Delete(ChannelPath);

        told.Finish("Receiving").Expect<ChannelRetiredException>(ChannelPath);
    }

    [Test]
    public async Task AsynchronousReceiverIsTold(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        Task<byte[]> receiving = receiver.ReceiveAsync(watchdog).AsTask();
        File.Delete(ChannelPath);

        await Task.WhenAny(receiving);
        Assert.That(receiving.Exception?.InnerException, Is.InstanceOf<ChannelRetiredException>());
    }

    [Test]
    public void ReceiverReceivesWhatWasSentBefore(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([1]);
        File.Delete(ChannelPath);

        Assert.That(receiver.Receive(watchdog), Is.EqualTo(new byte[] { 1 }));
        Failure.Of(() => receiver.Receive(watchdog)).Expect<ChannelRetiredException>(ChannelPath);
        Failure.Of(() => sender.Send([2])).Expect<ChannelRetiredException>(ChannelPath);
    }

    [Test]
    public void SenderThatWaitsForRoomIsTold(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send(new byte[48]);
        Task<Failure> told = Background.Run(() => Failure.Of(() => sender.Send(new byte[48], watchdog)));
        File.Delete(ChannelPath);

        told.Finish("Sending").Expect<ChannelRetiredException>(ChannelPath);
    }

    /// <summary>Without that, a second channel takes the name, and the old receiver never gets its messages.</summary>
    [Test]
    public void ReceiverMovesToTheNewChannel(CancellationToken watchdog)
    {
        using ByteReceiver old = ByteReceiver.Create(ChannelPath);
        File.Delete(ChannelPath);
        using ByteSender sender = ByteSender.OpenOrCreate(ChannelPath);
        sender.Send([1]);

        Failure.Of(() => old.Receive(watchdog)).Expect<ChannelRetiredException>(ChannelPath);
        using ByteReceiver successor = ByteReceiver.OpenOrCreate(ChannelPath);
        Assert.That(successor.Receive(watchdog), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void RenamedFileStaysUsable(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        File.Move(ChannelPath, Directory["elsewhere"]);

        Task<byte[]> receiving = Background.Run(() => receiver.Receive(watchdog));
        words.AwaitSleepingReceiver();
        sender.Send([1]);
        Assert.That(receiving.Finish("Receiving"), Is.EqualTo(new byte[] { 1 }));
    }
}
