using IpMpsc.MemoryPack.Tests.Models;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>Objects are dropped as the full mode says.</summary>
[CancelAfter(60_000)]
public sealed class DroppingTests
{
    [Test]
    public void ASenderDropsTheObjectThatFindsNoRoom([Values(0, 4096)] int bufferedLength)
    {
        using ObjectReceiver<Picky> receiver = MemoryPackReceiver.CreateTemporary<Picky>(new IpcChannelOptions { Capacity = 4096 });
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path, new IpcChannelOptions { FullMode = FullMode.DropNewest });
        sender.BufferedLength = bufferedLength;
        for (int sent = 0; sent < 10; sent++)
        {
            sender.Send(new Picky { Ballast = new byte[1000] });
        }

        int received = receiver.Drain(_ => { });
        Assert.That(received, Is.InRange(2, 4));
        Assert.That((sender.DroppedMessages, receiver.DroppedMessages), Is.EqualTo((10L - received, 10L - received)));
    }

    [Test]
    public void AReceiverKeepsTheLatestObjectOfEachKey()
    {
        using ObjectReceiver<Picky> receiver = MemoryPackReceiver.CreateTemporary<Picky>(new IpcChannelOptions { FullMode = FullMode.LatestOnly });
        receiver.LatestBy(static picky => picky.Ballast!.Length);
        using ObjectSender<Picky> sender = MemoryPackSender.Open<Picky>(receiver.Path);
        foreach ((int key, byte value) in new (int, byte)[] { (1, 10), (2, 20), (1, 11), (2, 21), (1, 12) })
        {
            sender.Send(new Picky { Ballast = [.. Enumerable.Repeat(value, key)] });
        }

        List<byte> values = [];
        receiver.Drain(picky => values.Add(picky.Ballast![0]));
        Assert.That(values, Is.EqualTo(new byte[] { 21, 12 }));
    }
}
