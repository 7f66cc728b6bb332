using System.Diagnostics;
using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Hostile;

/// <summary>Another program has overwritten the positions: an observer still returns.</summary>
public sealed class WrongHeadTests : ChannelFixture
{
    [Test]
    public void AnObserverSearchesOneLapAtMost([Values(1L << 20, 1L << 48, long.MaxValue - 15, long.MinValue)] long head, [Values(HeaderDescriptor.HeadOffset, HeaderDescriptor.TailOffset)] int word)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 512, MaxSenders = 2 });
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            sender.Send(new byte[20]);
        }

        using SegmentWords words = new(ChannelPath);
        words.Write(word, head);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Stopwatch watch = Stopwatch.StartNew();
        observer.ReadHistory();
        observer.ReadHistory(HistoryOrder.NewestFirst);
        observer.Peek();
        observer.OpenTap().TryRead(out _);

        // This takes microseconds. An unbounded search would take years.
        Assert.That(watch.Elapsed, Is.LessThan(Patience.Limit));
    }
}
