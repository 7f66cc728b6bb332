using IpMpsc.Benchmarks.External;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>
/// The processes that take part, started as they are needed and used for all runs. The code that a run
/// needs is compiled in its warm-up, so it does not matter which run a process is used for first.
/// </summary>
internal sealed class PeerTeam : IDisposable
{
    private readonly bool _pins;
    private readonly List<PeerProcess> _peers = [];
    private readonly List<PeerProcess> _pinned = [];
    private readonly Dictionary<ExternalProgram, List<ExternalPeer>> _externals = [];

    /// <summary>In memory, like channels, if the system has a file system for that.</summary>
    private readonly string _directory = Directory.CreateDirectory(Path.Join(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-benchmark-{Environment.ProcessId}")).FullName;

    private readonly string _texts;
    private int _runs;

    /// <param name="pins">Whether each side is pinned to a processor.</param>
    public PeerTeam(bool pins)
    {
        _pins = pins;
        _texts = Path.Join(_directory, "texts");
        LogText.Save(_texts);
    }

    /// <summary>Lets the roles of a contender run once; one outcome for each process, the measuring one first.</summary>
    public async Task<Outcome[]> RunAsync(Workload workload, Contender contender, long count, bool timesEach = false)
    {
        Job[] jobs = [.. Jobs(workload, contender, count, timesEach)];
        IReadOnlyList<IPeer> peers = await PeersAsync(contender, jobs.Length);
        for (int index = 0; index < jobs.Length; index++)
        {
            await peers[index].PrepareAsync(jobs[index]);
        }

        for (int index = 0; index < jobs.Length; index++)
        {
            await peers[index].GoAsync();
        }

        Outcome[] outcomes = new Outcome[jobs.Length];
        for (int index = 0; index < jobs.Length; index++)
        {
            outcomes[index] = await peers[index].FinishAsync();
        }

        return outcomes;
    }

    public void Dispose()
    {
        foreach (IPeer peer in _externals.Values.SelectMany(static peers => peers).Concat<IPeer>(_peers).Concat(_pinned))
        {
            peer.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A number of processes that can play a contender's roles.</summary>
    private async Task<IReadOnlyList<IPeer>> PeersAsync(Contender contender, int count)
    {
        if (contender.IsPinnedFromOutside)
        {
            while (_pinned.Count < count)
            {
                _pinned.Add(new PeerProcess(_pins ? ProcessorsOf(_pinned.Count)[0] : null));
            }

            return _pinned;
        }

        if (contender.External is not { } external)
        {
            while (_peers.Count < count)
            {
                _peers.Add(new PeerProcess());
            }

            return _peers;
        }

        if (!_externals.TryGetValue(external.Program, out List<ExternalPeer>? peers))
        {
            _externals.Add(external.Program, peers = []);
        }

        while (peers.Count < count)
        {
            peers.Add(await external.Program.StartAsync());
        }

        return peers;
    }

    private IEnumerable<Job> Jobs(Workload workload, Contender contender, long count, bool timesEach)
    {
        string address = Path.Join(_directory, $"run{_runs++}");
        for (int index = 0; index < contender.Processes; index++)
        {
            yield return new Job
            {
                Workload = workload.Name,
                Contender = contender.Name,
                Role = index <= contender.Senders ? Math.Min(index, 1) : index - contender.Senders + 1,
                Sender = Math.Max(0, index - 1),
                Senders = contender.Senders,
                Address = address,
                Texts = _texts,
                Work = contender.External?.Work,
                Count = count,
                TimesEach = timesEach,
                IsPinned = contender.IsPinnedFromOutside,
                Processors = _pins ? ProcessorsOf(index) : [],
            };
        }
    }

    /// <summary>The measuring process has a processor of its own; the others share the rest.</summary>
    private static int[] ProcessorsOf(int index)
    {
        int[] all = Processors.Available;
        int others = all.Length - 1;
        int own = index == 0 || others == 0 ? 0 : 1 + ((index - 1) % others);
        return [all[own], .. all.Where(processor => processor != all[own])];
    }
}
