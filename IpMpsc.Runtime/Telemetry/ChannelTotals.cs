using System.Runtime.CompilerServices;

namespace IpMpsc.Telemetry;

/// <summary>
/// What the participants of this process have counted, for each channel and role. A total never decreases: what a
/// participant had counted stays in it after the participant has left.
/// </summary>
/// <remarks>
/// Not thread-safe. Participants are held weakly, so the totals keep none of them alive. The totals of closed channels are
/// kept for the last <see cref="MostClosed"/>; older ones are added up under <see cref="Older"/>, so a process that opens
/// and closes channels for months needs no more memory for them.
/// </remarks>
internal sealed class ChannelTotals
{
    /// <summary>How many closed channels have totals of their own, counting each role.</summary>
    public const int MostClosed = 100;

    /// <summary>The name under which the totals of older closed channels are added up.</summary>
    public const string Older = "(closed)";

    private readonly HashSet<Presence> _present = [];
    private readonly ConditionalWeakTable<IMetered, Presence> _presences = [];
    private readonly Dictionary<(string Channel, string Role), Series> _series = [];

    /// <summary>The series without a participant, in the order in which the last one left.</summary>
    private readonly LinkedList<Series> _closed = [];

    private int _countAtSweep;

    /// <summary>Starts to count a participant that has just joined.</summary>
    public void Add(IMetered participant)
    {
        const int FewEnough = 64;
        if (_present.Count >= Math.Max(FewEnough, 2 * _countAtSweep))
        {
            Sweep();
            _countAtSweep = _present.Count;
        }

        Presence presence = new(participant);
        _presences.Add(participant, presence);
        _present.Add(presence);
        Series series = SeriesOf(presence.Key);
        series.Present++;
        if (series.Closed is { } place)
        {
            _closed.Remove(place);
            series.Closed = null;
        }
    }

    /// <summary>Ends counting a participant whose segment is still mapped; false if it was not counted.</summary>
    public bool Remove(IMetered participant)
    {
        if (!_presences.TryGetValue(participant, out Presence? presence))
        {
            return false;
        }

        presence.Look();
        _presences.Remove(participant);
        End(presence);
        return true;
    }

    /// <summary>The present totals.</summary>
    public Dictionary<(string Channel, string Role), ChannelTally> Sum()
    {
        Sweep();
        Dictionary<(string Channel, string Role), ChannelTally> sums =
            _series.ToDictionary(static series => series.Key, static series => series.Value.Left);
        foreach (Presence presence in _present)
        {
            sums[presence.Key] += presence.Last;
        }

        return sums;
    }

    /// <summary>The value of a gauge for each channel that is open here, for each role.</summary>
    public Dictionary<(string Channel, string Role), long> Read(ChannelGauge gauge)
    {
        Dictionary<(string Channel, string Role), long> values = [];
        foreach (Presence presence in _present)
        {
            if (!values.ContainsKey(presence.Key) && presence.Participant is { } participant)
            {
                values[presence.Key] = participant.Read(gauge);
                GC.KeepAlive(participant); // Its segment stays mapped until the value has been read.
            }
        }

        return values;
    }

    /// <summary>Reads what each participant has counted, and ends those that the garbage collector has taken.</summary>
    private void Sweep()
    {
        foreach (Presence presence in _present.Where(static presence => !presence.Look()).ToArray())
        {
            End(presence);
            ChannelEventSource.Log.Dropped(presence.Key.Channel, presence.Key.Role);
        }
    }

    private void End(Presence presence)
    {
        _present.Remove(presence);
        Series series = _series[presence.Key];
        series.Left += presence.Last;
        if (--series.Present == 0)
        {
            series.Closed = _closed.AddLast(series);
            if (_closed.Count > MostClosed)
            {
                FoldOldest();
            }
        }
    }

    private void FoldOldest()
    {
        Series oldest = _closed.First!.Value;
        _closed.RemoveFirst();
        _series.Remove(oldest.Key);
        SeriesOf((Older, oldest.Key.Role)).Left += oldest.Left;
    }

    private Series SeriesOf((string Channel, string Role) key)
    {
        if (!_series.TryGetValue(key, out Series? series))
        {
            _series.Add(key, series = new Series(key));
        }

        return series;
    }

    /// <summary>The participants of one role on one channel.</summary>
    private sealed class Series((string Channel, string Role) key)
    {
        public (string Channel, string Role) Key => key;

        /// <summary>What those that have left had counted.</summary>
        public ChannelTally Left { get; set; }

        /// <summary>How many are present.</summary>
        public int Present { get; set; }

        /// <summary>The place among the closed series; null while a participant is present.</summary>
        public LinkedListNode<Series>? Closed { get; set; }
    }

    /// <summary>A participant as long as somebody else keeps it alive.</summary>
    private sealed class Presence(IMetered participant)
    {
        private readonly WeakReference<IMetered> _participant = new(participant);

        public (string Channel, string Role) Key { get; } = (participant.Channel, participant.Role);

        /// <summary>What the participant had counted at the last look.</summary>
        public ChannelTally Last { get; private set; }

        public IMetered? Participant => _participant.TryGetTarget(out IMetered? alive) ? alive : null;

        /// <summary>Reads what the participant has counted; false if there is none any more.</summary>
        public bool Look()
        {
            if (Participant is not { } alive)
            {
                return false;
            }

            Last = alive.Tally;
            GC.KeepAlive(alive); // Its segment stays mapped until the tally has been read.
            return true;
        }
    }
}
