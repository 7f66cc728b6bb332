using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>The receiver's account of one stage: a tally for each sender.</summary>
internal sealed class Ledger(Stage stage, long expected, ExclusiveSender<Tally> tallies)
{
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMilliseconds(50);

    private readonly Tally[] _bySender = new Tally[SendingProcess.Count];
    private long _messages;
    private long _first;
    private long _lastReport = Stopwatch.GetTimestamp();

    /// <summary>How many messages are still to come.</summary>
    public long Missing => expected - _messages;

    public void Add(int sender, long sequence, int bytes, ulong checksum)
    {
        if (_messages++ == 0)
        {
            _first = Stopwatch.GetTimestamp();
        }

        _bySender[sender].Add(sequence, bytes, checksum);
    }

    /// <summary>Reports from time to time how many messages have arrived.</summary>
    public void ReportProgress()
    {
        if (Stopwatch.GetElapsedTime(_lastReport) >= s_reportInterval)
        {
            _lastReport = Stopwatch.GetTimestamp();

            // A report that finds no room is dropped: the next one is more recent.
            _ = tallies.TrySend(new Tally { Stage = stage, Side = Side.Receiving, Messages = _messages });
        }
    }

    /// <summary>Reports what arrived from each sender.</summary>
    public void ReportEnd()
    {
        long elapsed = Stopwatch.GetElapsedTime(_first).Ticks;
        for (int sender = 0; sender < _bySender.Length; sender++)
        {
            tallies.Send(_bySender[sender] with
            {
                Stage = stage, Side = Side.Receiving, Sender = sender, IsFinal = true, ElapsedTicks = elapsed,
            });
        }
    }
}
