using System.Globalization;
using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Live;

/// <summary>Senders in C and Python send traces along, which receivers in .NET read.</summary>
[Category("Native")]
public sealed class TracedSenderTests : ChannelFixture
{
    private const int Count = 6_000;

    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096, MaxSenders = 8 };

    /// <summary>Steps at which a sender dies, and the occurrence.</summary>
    private static readonly (string Step, int Time)[] s_steps =
        [("claim.store-position", 20), ("claim.cas-tail", 20), ("padding.stamp", 1), ("abort.stamp", 3), ("shorten.stamp-rest", 3), ("batch.stamp", 20), ("commit.stamp", 20), ("wake.check", 20)];

    [Test]
    public void EachMessageOfASenderInCHasItsTrace()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options);
        using NativeProcess traced = NativeProcess.Start("trace", ChannelPath, "0", $"{Count}", "16", "400");
        using NativeProcess plain = NativeProcess.Start("send", ChannelPath, "1", $"{Count}", "16", "400");
        using PeerProcess dotnet = PeerProcess.Start("send", "Bytes", "Shared", ChannelPath, "2", $"{Count}", "ClaimAndAbort", "16", "400");
        ProbeLedger ledger = new();
        while (ledger.Count < 3 * Count)
        {
            Assert.That(Take(receiver, ledger, Patience.Limit, plainFrom: 1), Is.True, () => $"after {ledger.Count} messages");
        }

        traced.Expect("open");
        traced.ExpectSuccess();
        plain.Expect("open");
        plain.ExpectSuccess();
        ledger.RequireComplete(3, Count);
    }

    [Test]
    public void DotnetContinuesBehindADeadSenderInC([ValueSource(nameof(s_steps))] (string Step, int Time) death)
    {
        _ = NativeBuild.Peer;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options);
        using NativeProcess victim = NativeProcess.Start(CrashOrder.Kill(death.Step, death.Time), "trace", ChannelPath, "0", "10000", "16", "400");
        ProbeLedger ledger = new();
        while (!victim.HasExited)
        {
            Take(receiver, ledger, TimeSpan.FromMilliseconds(1), plainFrom: 2);
        }

        victim.ExpectKilled();
        using NativeProcess next = NativeProcess.Start("trace", ChannelPath, "1", "300", "16", "400");
        while (ledger.NextOf(1) < 300)
        {
            Assert.That(Take(receiver, ledger, Patience.Limit, plainFrom: 2), Is.True);
        }

        next.ExpectSuccess();
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False, "It steps over the rest of the last claim.");
        Assert.That(receiver.BytesUsed, Is.Zero);
    }

    [Test]
    public void SenderInPythonContinuesATrace()
    {
        string python = InstalledProgram.Require("Python 3.11", "python3");
        const string Parent = $"00-{TraceId}-b7ad6b7169203331-01";
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        InstalledProgram.Run(
            python,
            new Dictionary<string, string> { ["PYTHONPATH"] = Path.Join(Repository.Root, "python"), ["IPMPSC_LIBRARY"] = NativeBuild.Library },
            "-c",
            $"from ipmpsc import Sender\nwith Sender.open('{ChannelPath}', trace_messages=True) as sender:\n    sender.send(b'x', trace='{Parent}')\n    sender.send(b'y')");

        using HeldBytes first = receiver.Hold(), second = receiver.Hold();
        Assert.That($"00-{first.Trace!.Value.Context.TraceId}-{first.Trace.Value.Context.SpanId}-{(int)first.Trace.Value.Context.TraceFlags:x2}", Is.EqualTo(Parent));
        Assert.That(second.Trace!.Value.Context, Is.EqualTo(default(System.Diagnostics.ActivityContext)));
        Assert.That(second.Trace.Value.SentTimestamp, Is.GreaterThanOrEqualTo(first.Trace.Value.SentTimestamp));
    }

    /// <summary>Receives a probe and checks its trace.</summary>
    /// <param name="receiver">The receiver.</param>
    /// <param name="ledger">Where it is entered.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="plainFrom">The senders from this number on send no traces.</param>
    private static bool Take(ByteReceiver receiver, ProbeLedger ledger, TimeSpan timeout, int plainFrom)
    {
        if (!receiver.TryReceiveInPlace(out ReceivedBytes received, timeout))
        {
            return false;
        }

        using (received)
        {
            Probe probe = ByteProbe.Verify(received.Payload);
            ledger.Enter(probe);
            Assert.That(received.Trace.HasValue, Is.EqualTo(probe.Sender < plainFrom));
            if (received.Trace is { } trace)
            {
                long first = long.Parse($"{trace.Context.SpanId}", NumberStyles.HexNumber, CultureInfo.InvariantCulture) - 1;
                Assert.That($"{trace.Context.TraceId}", Is.EqualTo(TraceId));
                Assert.That(probe.Sequence - first, Is.InRange(0, 4), "A batch has up to five messages and one trace.");
                Assert.That(trace.Age, Is.LessThan(Patience.Limit + Patience.Limit));
            }
        }

        return true;
    }
}
