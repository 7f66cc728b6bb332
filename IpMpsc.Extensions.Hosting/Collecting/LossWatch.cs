using IpMpsc.Extensions.Hosting.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>Finds out from the counter in each event how many events a process has dropped since its last one.</summary>
internal sealed class LossWatch
{
    /// <summary>Beyond this many processes, the oldest numbers are dropped.</summary>
    private const int MostProcesses = 4096;

    private readonly Dictionary<int, long> _dropped = [];

    /// <summary>How many events were dropped between the last event of the process and this one.</summary>
    public long LostBefore(in LogEvent entry)
    {
        if (_dropped.Count >= MostProcesses)
        {
            _dropped.Clear();
        }

        long before = _dropped.GetValueOrDefault(entry.ProcessId);
        _dropped[entry.ProcessId] = entry.Dropped;

        // A smaller number comes from another process with the same id.
        return entry.Dropped >= before ? entry.Dropped - before : entry.Dropped;
    }
}
