using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Live;

/// <summary>Senders of both languages in one channel, and a receiver of either.</summary>
[Category("Native")]
public sealed class MixedChannelTests : ChannelFixture
{
    private const int Count = 8_000;

    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096, MaxSenders = 8 };
    private static readonly IpcChannelOptions s_large = new() { Capacity = 1 << 20, MaxSenders = 8 };

    [Test]
    public void EverySenderIsReceivedInOrderByDotnet([Values] bool small)
    {
        _ = NativeBuild.Peer;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, small ? s_small : s_large);
        using Peers peers = new(ChannelPath, Count);
        ProbeLedger ledger = new();
        for (int message = 0; message < Peers.Senders * Count; message++)
        {
            Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received, Patience.Limit), Is.True, () => $"after {message} messages");
            using (received)
            {
                ledger.Enter(ByteProbe.Verify(received.Payload));
            }
        }

        peers.ExpectSuccess();
        ledger.RequireComplete(Peers.Senders, Count);
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
    }

    [TestCase(true, 1)]
    [TestCase(false, 1)]
    [TestCase(false, 7)]
    public void EverySenderIsReceivedInOrderByC(bool small, int hold)
    {
        _ = NativeBuild.Peer;
        ByteReceiver.Create(ChannelPath, small ? s_small : s_large).Dispose();
        using SequenceBoard board = new(Directory["board"]);
        using NativeProcess receiver = NativeProcess.Start("receive", ChannelPath, board.Path, $"{hold}", $"{Peers.Senders * Count}");
        using Peers peers = new(ChannelPath, Count);
        peers.ExpectSuccess();
        receiver.Expect("open");
        receiver.Expect("gaps 0");
        receiver.ExpectSuccess();
        for (int sender = 0; sender < Peers.Senders; sender++)
        {
            Assert.That(board[sender], Is.EqualTo(Count), $"sender {sender}");
        }
    }

    [Test]
    public void SleepersOfEitherLanguageAreWoken()
    {
        ByteReceiver.Create(ChannelPath, s_small).Dispose();
        using SequenceBoard board = new(Directory["board"]);
        using SegmentWords words = new(ChannelPath);
        using NativeProcess receiver = NativeProcess.Start("receive", ChannelPath, board.Path, "1", "50");
        receiver.Expect("open");
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            for (int sequence = 0; sequence < 50; sequence++)
            {
                words.AwaitSleepingReceiver();
                sender.Send(ByteProbe.From(new Probe(0, sequence, 16)));
                Patience.Until(() => board[0] == sequence + 1, $"message {sequence} is received");
            }
        }

        receiver.Expect("gaps 0");
        receiver.ExpectSuccess();

        using ByteReceiver here = ByteReceiver.Open(ChannelPath);
        using NativeProcess flood = NativeProcess.Start("send", ChannelPath, "1", "2000", "16", "300");
        flood.Expect("open");
        ProbeLedger ledger = new();
        while (ledger.Count < 2000)
        {
            if (ledger.Count % 500 == 0)
            {
                words.AwaitSleepingSender();
            }

            using ReceivedBytes received = here.ReceiveInPlace();
            ledger.Enter(ByteProbe.Verify(received.Payload));
        }

        flood.ExpectSuccess();
    }

    /// <summary>Two senders in C and two in .NET, each in a process of its own.</summary>
    private sealed class Peers(string channel, int count) : IDisposable
    {
        public const int Senders = 4;

        private readonly NativeProcess[] _native =
        [
            NativeProcess.Start("send", channel, "0", $"{count}", "16", "300"),
            NativeProcess.Start("send", channel, "1", $"{count}", "16", "1200"),
        ];

        private readonly PeerProcess[] _dotnet =
        [
            PeerProcess.Start("send", "Bytes", "Shared", channel, "2", $"{count}", "Send", "16", "300"),
            PeerProcess.Start("send", "Bytes", "Shared", channel, "3", $"{count}", "ClaimAndAbort", "16", "1200"),
        ];

        public void ExpectSuccess()
        {
            Array.ForEach(_native, static peer => peer.Expect("open"));
            Array.ForEach(_native, static peer => peer.ExpectSuccess());
            Array.ForEach(_dotnet, static peer => peer.ExpectExit(ExitCode.Success));
        }

        public void Dispose()
        {
            Array.ForEach(_native, static peer => peer.Dispose());
            Array.ForEach(_dotnet, static peer => peer.Dispose());
        }
    }
}
