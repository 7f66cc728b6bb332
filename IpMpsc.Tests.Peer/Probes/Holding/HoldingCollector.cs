namespace IpMpsc.Tests.Peer.Probes;

/// <summary>
/// Receives on behalf of a board and holds several messages at once. It releases them in random order, rewinds from time to time, and enters
/// each message right before the release that moves head over it.
/// </summary>
public sealed class HoldingCollector
{
    private readonly ProbeBoard _board;
    private readonly int _last;
    private readonly int _most;
    private readonly IHoldingReceiver _receiver;
    private readonly Random _random = new();

    /// <summary>What is held, in order; null where it was released before its turn.</summary>
    private readonly List<(Probe Probe, IDisposable? Message)> _held = [];

    /// <summary>For each sender the message that must come next, since this receiver began or was rewound.</summary>
    private readonly Dictionary<int, long> _next = [];

    private HoldingCollector(IHoldingReceiver receiver, ProbeBoard board, int last, int most)
    {
        _receiver = receiver;
        _board = board;
        _last = last;
        _most = most;
    }

    /// <summary>Continues a channel until a message of the sender <paramref name="last"/> has arrived, and releases everything.</summary>
    public static void Collect(ProbeKind kind, string channel, ProbeBoard board, int last, int most, Action? opened = null)
    {
        using IHoldingReceiver receiver = kind switch
        {
            ProbeKind.Fixed => new HoldingReceiver<FixedProbe>(channel),
            ProbeKind.Variable => new HoldingReceiver<VariableProbe>(channel),
            _ => new HoldingByteReceiver(channel),
        };
        opened?.Invoke();
        new HoldingCollector(receiver, board, last, most).Run();
    }

    private void Run()
    {
        bool ended = false;
        while (!ended)
        {
            if (_held.Count < _most && _receiver.TryHold(out Probe probe, out IDisposable? message, waits: _held.Count == 0))
            {
                RequireInTurn(probe);
                _held.Add((probe, message));
                ended = probe.Sender == _last;
            }
            else if (_random.Next(200) == 0)
            {
                Rewind();
            }
            else
            {
                Release(_random.Next(_held.Count));
            }
        }

        while (_held.Count > 0)
        {
            Release(_random.Next(_held.Count));
        }
    }

    private void Rewind()
    {
        _receiver.Rewind();
        _held.Clear();
        _next.Clear();
    }

    /// <summary>Requires that every unreleased message arrives, in order. Only messages may precede them that the board knows and a dead receiver had not released.</summary>
    private void RequireInTurn(Probe probe)
    {
        long entered = _board.NextOf(probe.Sender);
        bool mayComeAgain = probe.Sequence < entered && probe.Sequence >= entered - _most;
        long due = _next.TryGetValue(probe.Sender, out long next) ? next : mayComeAgain ? probe.Sequence : entered;
        if (probe.Sequence != due)
        {
            throw ProbeException.OutOfTurn(due, probe);
        }

        _next[probe.Sender] = due + 1;
    }

    private void Release(int index)
    {
        (Probe probe, IDisposable? message) = _held[index];
        if (message is null)
        {
            index = _held.FindIndex(one => one.Message is not null);
            (probe, message) = _held[index];
        }

        _held[index] = (probe, null);
        if (index == 0)
        {
            // This release also moves head over the messages behind it that were released before.
            while (_held.Count > 0 && _held[0].Message is null)
            {
                _board.EnterHeld(_held[0].Probe);
                _held.RemoveAt(0);
            }
        }

        message!.Dispose();
    }
}
