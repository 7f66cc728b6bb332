using IpMpsc.Platform;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Gives each test a channel in its configuration, with a receiver here and senders here or in peers.</summary>
public abstract class ConformanceFixture(Configuration configuration) : ChannelFixture
{
    private readonly List<ProbeSender> _senders = [];
    private ProbeReceiver? _receiver;
    private SegmentWords? _words;
    private bool _polledBefore;

    protected Configuration Configuration { get; } = configuration;

    protected ProbeReceiver Receiver => _receiver!;

    private protected SegmentWords Words => _words!;

    [SetUp]
    public void CreateChannel()
    {
        // A participant that opens a channel from now on, here or in a peer, waits in this way.
        _polledBefore = WaitBackEnd.PollsWords;
        WaitBackEnd.PollsWords = Configuration.Polls;
        _receiver = Configuration.Kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = Configuration.Capacity });
        _words = new SegmentWords(ChannelPath);
    }

    [TearDown]
    public void CloseChannel()
    {
        ConformanceTable.Note(Configuration, TestContext.CurrentContext.Result.Outcome.Status);
        WaitBackEnd.PollsWords = _polledBefore;
        _senders.ForEach(sender => sender.Dispose());
        _senders.Clear();
        _words?.Dispose();
        _receiver?.Dispose();
    }

    /// <summary>Opens a sender in this process or in a peer, as the configuration says.</summary>
    protected ProbeSender OpenSender()
    {
        ProbeSender sender = Configuration.InPeers
            ? new PeerProbeSender(Configuration.Kind, Configuration.Flavour, ChannelPath)
            : Configuration.Kind.OpenSender(Configuration.Flavour, ChannelPath);
        _senders.Add(sender);
        return sender;
    }

    /// <summary>Replaces the receiver by another one.</summary>
    protected void ReopenReceiver()
    {
        Receiver.Dispose();
        _receiver = Configuration.Kind.OpenReceiver(ChannelPath);
    }

    /// <summary>The shortest probe with a number, of sender 0.</summary>
    protected Probe Probe(long sequence) => Configuration.Kind.Probe(0, sequence);

    /// <summary>The longest probe that fits the ring, of sender 0.</summary>
    protected Probe LongestProbe(long sequence) => Configuration.Kind.Probe(0, sequence, Configuration.MaxLength);

    /// <summary>Fills the ring to the last byte with the shortest probes of sender 0, from 0 on.</summary>
    protected void Fill(ProbeSender sender)
    {
        sender.Stream(new ProbeStream(Configuration.Kind, 0, Configuration.FullCount, SendWay.TrySend, 0, 0));
        Assert.That(Words.Tail - Words.Head, Is.EqualTo(Configuration.Capacity));
    }

    /// <summary>Receives probes of sender 0 with these numbers, and nothing else.</summary>
    protected void ExpectSequence(long first, long count)
    {
        for (long sequence = first; sequence < first + count; sequence++)
        {
            Assert.That(Receiver.Receive().Sequence, Is.EqualTo(sequence));
        }

        ExpectNothing();
    }

    /// <summary>Requires that no message is left.</summary>
    protected void ExpectNothing() =>
        Assert.That(Receiver.TryReceive(out Probe more), Is.False, () => $"{more} arrived, although every message that was sent had already arrived.");
}
