using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>One channel whose receiver kills itself at a step; its successor must be given everything else, in order.</summary>
internal sealed class ReceiverDeath : IDisposable
{
    private const int Victim = 100;
    private const int Last = 101;
    private const int SentBeforeGap = 4;

    private readonly ReceiverScenario _scenario;
    private readonly TestDirectory _directory = new();
    private readonly ProbeBoard _board;
    private readonly SegmentWords _words;
    private readonly List<ProbeSender> _senders = [];
    private readonly List<Task> _streams = [];
    private PeerProcess? _receiver;

    public ReceiverDeath(ReceiverScenario scenario, int senders)
    {
        _scenario = scenario;
        scenario.Kind.CreateReceiver(Path, new IpcChannelOptions { Capacity = scenario.Capacity, MaxSenders = 8 }).Dispose();
        _board = ProbeBoard.Create(_directory["board"]);
        _words = new SegmentWords(Path);
        if (scenario.HasGap)
        {
            LeaveGap();
        }

        _senders.AddRange(Enumerable.Range(0, senders).Select(_ => scenario.Kind.OpenSender(scenario.Flavour, Path)));
    }

    private string Path => _directory["channel"];

    public void Run(string step, int occurrence)
    {
        if (!_scenario.IsIdle)
        {
            BeginToSend();
        }

        _receiver = PeerProcess.Start(
            CrashOrder.Kill(step, occurrence), "collect", $"{_scenario.Kind}", Path, _directory["board"], $"{Last}", $"{_scenario.Hold}");
        _receiver.ExpectKilled();
        if (_scenario.IsIdle)
        {
            BeginToSend();
        }

        Task successor = Background.Run(Continue);
        Task.WhenAll(_streams).Finish("Sending to the successor");
        _senders[0].Send(_scenario.Kind.Probe(Last, 0));
        successor.Finish("Receiving what the dead receiver had left");
        Verify();
    }

    public void Dispose()
    {
        _receiver?.Dispose();
        _senders.ForEach(sender => sender.Dispose());
        _words.Dispose();
        _board.Dispose();
        _directory.Dispose();
    }

    private void Continue()
    {
        if (_scenario.Hold > 0)
        {
            HoldingCollector.Collect(_scenario.Kind, Path, _board, Last, _scenario.Hold);
        }
        else
        {
            ProbeCollector.Collect(_scenario.Kind, Path, _board, Last);
        }
    }

    /// <summary>A sender dies right before its stamp. The ring has room for what follows.</summary>
    private void LeaveGap()
    {
        string command = $"sender {_scenario.Kind} {_scenario.Flavour} {Path}";
        using PeerProcess victim = PeerProcess.Start(CrashOrder.Kill("commit.stamp", SentBeforeGap + 1), command.Split(' '));
        victim.Expect("open");
        victim.Say($"stream {Victim} 10 Send 0 0");
        victim.ExpectKilled();
    }

    private void BeginToSend()
    {
        for (int number = 0; number < _senders.Count; number++)
        {
            ProbeSender sender = _senders[number];
            ProbeStream plan = new(_scenario.Kind, number, ReceiverScenario.Count, _scenario.Way, 0, _scenario.MaxLength);
            _streams.Add(Background.Run(() => plan.SendTo(sender)));
        }

        if (_scenario.IsFull)
        {
            _words.AwaitSleepingSender();
        }
        else if (_scenario.HasGap)
        {
            Patience.Until(() => _words.Tail >= 16 * FixedProbe.Size, "messages lie behind the gap");
        }
    }

    private void Verify()
    {
        for (int sender = 0; sender < _senders.Count; sender++)
        {
            Assert.That(_board.NextOf(sender), Is.EqualTo(ReceiverScenario.Count), $"messages of sender {sender}");
        }

        Assert.That(_board.NextOf(Victim), Is.EqualTo(_scenario.HasGap ? SentBeforeGap : 0));
        Assert.That(_words.Head, Is.EqualTo(_words.Tail), "the ring is empty");
        Assert.That(_directory.Names, Is.EquivalentTo(["board", "channel"]));
    }
}
