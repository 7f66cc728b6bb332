using System.Globalization;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>
/// Waiting uses no processor time: all kinds of waiting run side by side for a few seconds, in a process of
/// their own, whose processor time is measured.
/// </summary>
[CancelAfter(60_000)]
[Platform("Linux", Reason = "Measures processor time, which means nothing under wine")]
public sealed class IdleTests
{
    /// <summary>
    /// Five percent of one processor for a blocked and an awaiting receiver, a blocked and an awaiting sender, and a
    /// set of 1,000 receivers together. One participant that spins would use twenty times as much; the
    /// periodic checks for dead senders of 1,000 members cost one to two percent, depending on the machine.
    /// </summary>
    private const double MostShare = 0.05;

    private const int Seconds = 5;

    [Test]
    public void AllKindsOfWaitingUseNoMeasurableProcessor()
    {
        using TestDirectory directory = new();
        using PeerProcess peer = PeerProcess.Start("idle", directory.Path, "1000", $"{Seconds}");
        TimeSpan used = TimeSpan.FromMicroseconds(long.Parse(peer.Listen(), CultureInfo.InvariantCulture));
        peer.Expect("waiting");
        peer.ExpectExit(ExitCode.Success);

        TestContext.Out.WriteLine($"{used.TotalMilliseconds:F1} ms of processor time in {Seconds} s");
        Assert.That(used.TotalSeconds, Is.LessThan(MostShare * Seconds));
    }
}
