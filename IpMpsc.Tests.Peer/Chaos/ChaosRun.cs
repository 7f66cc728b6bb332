using System.Diagnostics;
using IpMpsc.Tests.Peer.Commands;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>
/// Four senders and a receiver, each a process, at full speed; they are killed, paused and replaced at
/// random, or kill themselves at a random step. Nothing may be lost and nobody may hang.
/// </summary>
internal sealed class ChaosRun : IDisposable
{
    private const int SenderCount = 4;
    private const int LastSender = ProbeBoard.MaxSenders - 1;
    private const int MaxLength = 2000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_mostStall = TimeSpan.FromSeconds(1);

    private readonly Random _random;
    private readonly string _directory = Path.Join(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-chaos-{Guid.NewGuid():N}");

    private readonly Seat _receiver = new();
    private readonly Seat[] _senders = [.. Enumerable.Range(0, SenderCount).Select(_ => new Seat())];
    private readonly ProbeBoard _board;
    private readonly ProbeKind _kind;
    private readonly int _hold;
    private int _nextSender;
    private int _pauses;
    private volatile bool _isPaused;

    public ChaosRun(int seed)
    {
        _random = new Random(seed);
        _kind = _random.Next(2) == 0 ? ProbeKind.Variable : ProbeKind.Fixed;
        _hold = _random.Next(2) == 0 ? 0 : _random.Next(1, 51); // The same for every receiver of a run: each continues the board of the one before it.
        Directory.CreateDirectory(_directory);
        _board = ProbeBoard.Create(BoardPath);
        _kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 1 << 16, MaxSenders = 16 }).Dispose();
    }

    private string ChannelPath => Path.Join(_directory, "channel");

    private string BoardPath => Path.Join(_directory, "board");

    private IEnumerable<Seat> Seats => [_receiver, .. _senders];

    /// <summary>Runs for a time, then lets every process finish, and verifies the result.</summary>
    /// <returns>A sentence about what happened.</returns>
    public string Run(TimeSpan duration)
    {
        TimeSpan longestStall;
        using (StallMeter meter = new(_board, IsExcused, Describe))
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                Revive();
                if (_random.Next(4) != 0)
                {
                    AwaitFullSwing();
                }

                Thread.Sleep(_random.Next(5, 60)); // The pace of the chaos; nothing waits for it.
                RequireNoStall(meter);
                Disturb();
            }

            longestStall = meter.Longest;
        }

        Finish();
        Verify();
        return $"{_board.Count:N0} messages of {_nextSender} senders moved, {Seats.Sum(seat => seat.Kills)} kills and {_pauses} pauses survived, " +
            $"longest stall {longestStall.TotalMilliseconds:N0} ms, receivers held up to {_hold} messages";
    }

    public void Dispose()
    {
        foreach (Seat seat in Seats)
        {
            seat.Dispose();
        }

        _board.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void RequireNoStall(StallMeter meter)
    {
        if (meter.Longest > s_mostStall)
        {
            throw new ChaosException($"No message arrived for {meter.Longest.TotalMilliseconds:N0} ms.\n{meter.StateThen}");
        }
    }

    /// <summary>The participants, and the state of the channel.</summary>
    private string Describe()
    {
        ChannelInfo channel = IpcChannel.Inspect(ChannelPath);
        return string.Join('\n', [
            .. Seats.Select(seat => seat.ToString()),
            $"{channel.BytesUsed:N0} bytes used, receiver attached: {channel.IsReceiverAttached}, blocked by {channel.BlockedBy}",
            .. channel.Senders.Select(sender => sender.ToString())]);
    }

    /// <summary>
    /// No message can arrive while there is no receiver or no sender, or while a process is paused that may hold a claim.
    /// </summary>
    private bool IsExcused() => _isPaused || !_receiver.IsWarm || !_senders.Any(sender => sender.IsWarm);

    private void Revive()
    {
        foreach (Seat seat in Seats.Where(seat => seat.HasExited))
        {
            seat.Clear(s_patience);
            string? order = ChaosSteps.Order(_random, forReceiver: seat == _receiver);
            if (seat == _receiver)
            {
                StartReceiver(order);
            }
            else
            {
                StartSender(seat, order);
            }
        }
    }

    private void StartReceiver(string? order) =>
        _receiver.Start(order, "collect", $"{_kind}", ChannelPath, BoardPath, $"{LastSender}", $"{_hold}");

    private void StartSender(Seat seat, string? order)
    {
        int number = _nextSender++;
        SenderFlavour flavour = number % 2 == 0 ? SenderFlavour.Exclusive : SenderFlavour.Shared;
        seat.Start(order, "flood", $"{_kind}", $"{flavour}", ChannelPath, BoardPath, $"{number}", $"{MaxLength}");
    }

    private void Disturb()
    {
        Seat sender = _senders[_random.Next(SenderCount)];
        switch (_random.Next(12))
        {
            case 0 or 1 or 2:
                sender.Kill();
                break;

            case 3 or 4:
                _receiver.Kill();
                break;

            case 5:
                KillAll(_senders);
                break;

            case 6:
                KillAll(Seats);
                break;

            case 7 or 8:
                Pause(sender, thenKill: false);
                break;

            case 9:
                Pause(sender, thenKill: true);
                break;

            case 10:
                Pause(_receiver, thenKill: false);
                break;

            default:
                AwaitFullSwing();
                break;
        }
    }

    private static void KillAll(IEnumerable<Seat> seats)
    {
        foreach (Seat seat in seats)
        {
            seat.Kill();
        }
    }

    private void Pause(Seat seat, bool thenKill)
    {
        _isPaused = true;
        seat.Pause();
        Thread.Sleep(_random.Next(5, 150)); // The length of the pause; the others continue meanwhile.
        if (thenKill)
        {
            seat.Kill();
        }
        else
        {
            seat.Continue();
        }

        _pauses++;
        _isPaused = false;
    }

    /// <summary>Waits until every participant is warm and messages arrive, or a participant has killed itself.</summary>
    private void AwaitFullSwing()
    {
        long start = Stopwatch.GetTimestamp();
        long goal = long.MaxValue;
        while (_board.Count < goal && Seats.All(seat => !seat.HasExited))
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new ChaosException($"The participants did not start to exchange messages.\n{Describe()}");
            }

            if (goal == long.MaxValue && Seats.All(seat => seat.IsOpen))
            {
                goal = _board.Count + 1_000;
            }

            Thread.Sleep(1); // Leaves the processors to the participants.
        }
    }

    private void Finish()
    {
        foreach (Seat seat in _senders)
        {
            seat.Say("!stop");
        }

        long start = Stopwatch.GetTimestamp();
        while (_senders.Any(seat => !seat.HasExited))
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new ChaosException($"A sender hangs.\n{Describe()}");
            }

            // Senders that wait for room need a receiver until they end.
            if (_receiver.HasExited)
            {
                _receiver.Clear(s_patience);
                StartReceiver(null);
            }

            Thread.Sleep(1); // Leaves the processors to the participants.
        }

        Array.ForEach(_senders, seat => seat.Clear(s_patience));
        using (ProbeSender last = _kind.OpenSender(SenderFlavour.Shared, ChannelPath))
        {
            last.Send(_kind.Probe(LastSender, 0));
        }

        while (_receiver.Clear(s_patience))
        {
            StartReceiver(null);
        }
    }

    private void Verify()
    {
        for (int sender = 0; sender < _nextSender; sender++)
        {
            long unnoted = _board.NextOf(sender) - _board.SentBy(sender);
            if (unnoted is < 0 or > FloodCommand.MaxUnnoted)
            {
                throw new ChaosException($"Sender {sender} sent {_board.SentBy(sender)} messages, but {_board.NextOf(sender)} arrived.");
            }
        }

        ChannelInfo channel = IpcChannel.Inspect(ChannelPath);
        if (channel.BytesUsed != 0)
        {
            throw new ChaosException($"{channel.BytesUsed:N0} bytes are left in the ring.");
        }
    }
}
