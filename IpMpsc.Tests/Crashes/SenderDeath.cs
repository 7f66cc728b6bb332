using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>
/// One channel on which some of several senders kill themselves at a step. A survivor continues and a
/// newcomer joins; then the messages that arrived are compared with those that were committed.
/// </summary>
internal sealed class SenderDeath : IDisposable
{
    private const int Survivor = 100;
    private const int Newcomer = 101;
    private const int Last = 102;
    private const int MaxSenders = 8;

    private readonly SenderScenario _scenario;
    private readonly string _step;
    private readonly TestDirectory _directory = new();
    private readonly ProbeBoard _board;
    private readonly SegmentWords _words;
    private readonly ProbeSender _survivor;
    private readonly List<PeerProcess> _dying = [];
    private readonly List<PeerProcess> _living = [];
    private Task? _collector;

    public SenderDeath(SenderScenario scenario, string step)
    {
        _scenario = scenario;
        _step = step;
        scenario.Kind.CreateReceiver(Path, new IpcChannelOptions { Capacity = scenario.Capacity, MaxSenders = MaxSenders }).Dispose();
        _board = ProbeBoard.Create(_directory["board"]);
        _words = new SegmentWords(Path);
        _survivor = OpenSender();
    }

    private string Path => _directory["channel"];

    private string SenderCommand => $"sender {_scenario.Kind} {_scenario.Flavour} {Path}{(_scenario.IsTraced ? " traced" : "")}";

    /// <summary>Lets all of <paramref name="dying"/> senders die, each at its own <paramref name="occurrence"/> of the step.</summary>
    public void Run(int occurrence, int dying, int living)
    {
        Start(occurrence, dying, living);
        if (!_scenario.IsFull)
        {
            BeginToReceive();
            _living.ForEach(SayStream);
        }

        LetDie();
        long[] committed = [.. _dying.Select(CommittedBy)];
        if (_scenario.IsFull)
        {
            BeginToReceive();
            _living.ForEach(SayStream);
        }

        foreach (PeerProcess peer in _living)
        {
            peer.Expect("ok");
            PeerPool.FinishAndReturn(peer);
        }

        _living.Clear();
        GoOn();
        Verify(committed, living);
    }

    public void Dispose()
    {
        _survivor.Dispose();
        _dying.ForEach(peer => peer.Dispose());
        _living.ForEach(peer => peer.Dispose());
        _words.Dispose();
        _board.Dispose();
        _directory.Dispose();
    }

    private void Start(int occurrence, int dying, int living)
    {
        for (int peer = 0; peer < living; peer++)
        {
            _living.Add(PeerPool.Rent());
            _living[^1].Say(SenderCommand);
            _living[^1].Expect("open");
        }

        for (int peer = 0; peer < dying; peer++)
        {
            _dying.Add(PeerProcess.Start(CrashOrder.Kill(_step, occurrence), SenderCommand.Split(' ')));
        }

        if (!SenderScenario.IsOpening(_step))
        {
            _dying.ForEach(peer => peer.Expect("open"));
        }
    }

    private void BeginToReceive() => _collector = Background.Run(() => ProbeCollector.Collect(_scenario.Kind, Path, _board, Last));

    private void LetDie()
    {
        if (_scenario.ReceiverSleeps)
        {
            _dying.ForEach(SendToSleeping);
        }
        else if (!SenderScenario.IsOpening(_step))
        {
            _dying.ForEach(SayStream);
        }

        _dying.ForEach(peer => peer.ExpectKilled());
    }

    private void SayStream(PeerProcess peer) => peer.Say($"stream {Plan(NumberOf(peer)).Arguments}\nclose");

    /// <summary>Has the peer send one message after another, each to a sleeping receiver, until it dies.</summary>
    private void SendToSleeping(PeerProcess peer)
    {
        ProbeStream plan = Plan(NumberOf(peer));
        int sequence = 0;
        do
        {
            Patience.Until(() => _words.ReceiverSleeps && _board.NextOf(plan.Sender) == sequence, "the receiver sleeps");
            peer.Say($"send {plan[sequence]}");
            sequence++;
        }
        while (peer.ListenToEnd() is not null && sequence < SenderScenario.Count);
    }

    /// <summary>How many messages a dead sender's slot counts; read before another sender can take the slot over.</summary>
    private long CommittedBy(PeerProcess peer)
    {
        ChannelSenderInfo? slot = IpcChannel.Inspect(Path).Senders.SingleOrDefault(slot => slot.Participant.ProcessId == peer.Id);
        Assert.That(slot is not null || SenderScenario.IsOpening(_step), "The dead sender's slot can be seen.");
        return slot?.MessagesSent ?? 0;
    }

    /// <summary>Survivors and newcomers send, and what they send arrives.</summary>
    private void GoOn()
    {
        new ProbeStream(_scenario.Kind, Survivor, 20, SendWay.Send, 0, _scenario.MaxLength).SendTo(_survivor);
        using ProbeSender newcomer = OpenSender();
        new ProbeStream(_scenario.Kind, Newcomer, 20, SendWay.Send, 0, _scenario.MaxLength).SendTo(newcomer);
        newcomer.Send(_scenario.Kind.Probe(Last, 0));
        _collector!.Finish("Receiving what was committed");
    }

    private void Verify(long[] committed, int living)
    {
        for (int sender = 0; sender < committed.Length; sender++)
        {
            Assert.That(_board.NextOf(sender), Is.EqualTo(committed[sender]), $"messages of the dead sender {sender}");
        }

        for (int sender = committed.Length; sender < committed.Length + living; sender++)
        {
            Assert.That(_board.NextOf(sender), Is.EqualTo(SenderScenario.Count), $"messages of the living sender {sender}");
        }

        Assert.That(_board.NextOf(Survivor), Is.EqualTo(20));
        Assert.That(_board.NextOf(Newcomer), Is.EqualTo(20));
        Assert.That(_words.Head, Is.EqualTo(_words.Tail), "the ring is empty");
        Assert.That(_directory.Names, Is.EquivalentTo(["board", "channel"]));
        RequireSlotsReusable();
    }

    private void RequireSlotsReusable()
    {
        List<ProbeSender> all = [.. Enumerable.Range(1, MaxSenders - 1).Select(_ => OpenSender())];
        Assert.That(OpenSender, Throws.TypeOf<ChannelInUseException>());
        all.ForEach(sender => sender.Dispose());
    }

    private ProbeSender OpenSender() => _scenario.Kind.OpenSender(
        _scenario.Flavour, Path, new IpcChannelOptions { TraceMessages = _scenario.IsTraced });

    private int NumberOf(PeerProcess peer) =>
        _dying.Contains(peer) ? _dying.IndexOf(peer) : _dying.Count + _living.IndexOf(peer);

    private ProbeStream Plan(int sender) =>
        new(_scenario.Kind, sender, SenderScenario.Count, _scenario.Way, 0, _scenario.MaxLength);
}
