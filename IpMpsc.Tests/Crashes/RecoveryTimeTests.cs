using System.Diagnostics;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>The time from the death of a sender to the next message, with a thousand slots.</summary>
public sealed class RecoveryTimeTests
{
    private const int Slots = 1000;
    private const int Rounds = 5;

    /// <summary>The promise is 50 ms. A machine that is busy with other work gets twenty times as much.</summary>
    private static readonly TimeSpan s_most = 20 * TimeSpan.FromMilliseconds(50);

    [TestCase(1), TestCase(Slots)]
    public void NextMessageComesSoonAfterADeath(int claims)
    {
        TimeSpan[] times = [.. Enumerable.Range(0, Rounds).Select(_ => TimeToNextMessage(claims)).Order()];
        TestContext.Out.WriteLine(
            $"{claims} claims of the dead among {Slots} slots: {string.Join(", ", times.Select(time => $"{time.TotalMilliseconds:N1}"))} ms");
        Assert.That(times[Rounds / 2], Is.LessThan(s_most));
    }

    private static TimeSpan TimeToNextMessage(int claims)
    {
        using TestDirectory directory = new();
        string path = directory["channel"];
        using ByteReceiver receiver = ByteReceiver.Create(path, new IpcChannelOptions { MaxSenders = Slots + 1 });
        using ByteSender sender = ByteSender.Open(path);
        using SegmentWords words = new(path);
        using PeerProcess peer = PeerProcess.Start("claims", path, $"{claims}");
        peer.Expect("held");
        sender.Send(ByteProbe.From(new Probe(1, 0, 16)));

        Task<long> next = Background.Run(() =>
        {
            ByteProbe.Verify(receiver.Receive());
            return Stopwatch.GetTimestamp();
        });
        words.AwaitSleepingReceiver();
        Assert.That(next.IsCompleted, Is.False);
        long death = Stopwatch.GetTimestamp();
        peer.Kill();
        TimeSpan time = Stopwatch.GetElapsedTime(death, next.Finish("Stepping over the gaps"));
        Assert.That(words.Head, Is.EqualTo(words.Tail));
        using ByteSender newcomer = ByteSender.Open(path);
        return time;
    }
}
