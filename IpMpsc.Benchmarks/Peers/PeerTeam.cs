using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>
/// The processes that take part, started as they are needed and used for all runs. The code that a run
/// needs is compiled in its warm-up, so it does not matter which run a process is used for first.
/// </summary>
internal sealed class PeerTeam(bool pins) : IDisposable
{
    private readonly List<PeerProcess> _peers = [];
    /// <summary>In memory, where channels lie too, if the system has a file system for that.</summary>
    private readonly string _directory = Directory.CreateDirectory(Path.Join(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-benchmark-{Environment.ProcessId}")).FullName;

    private int _runs;

    /// <summary>Lets the roles of a contender run once; one outcome for each process, the measuring one first.</summary>
    public async Task<Outcome[]> RunAsync(Workload workload, Contender contender, long count, bool timesEach = false)
    {
        Job[] jobs = [.. Jobs(workload, contender, count, timesEach)];
        while (_peers.Count < jobs.Length)
        {
            _peers.Add(new PeerProcess());
        }

        for (int index = 0; index < jobs.Length; index++)
        {
            await _peers[index].PrepareAsync(jobs[index]);
        }

        for (int index = 0; index < jobs.Length; index++)
        {
            await _peers[index].GoAsync();
        }

        Outcome[] outcomes = new Outcome[jobs.Length];
        for (int index = 0; index < jobs.Length; index++)
        {
            outcomes[index] = await _peers[index].FinishAsync();
        }

        return outcomes;
    }

    public void Dispose()
    {
        _peers.ForEach(static peer => peer.Dispose());
        Directory.Delete(_directory, recursive: true);
    }

    private IEnumerable<Job> Jobs(Workload workload, Contender contender, long count, bool timesEach)
    {
        string address = Path.Join(_directory, $"run{_runs++}");
        int processes = contender.Roles.Count == 1 ? 1 : contender.Senders + contender.Roles.Count - 1;
        for (int index = 0; index < processes; index++)
        {
            yield return new Job
            {
                Workload = workload.Name,
                Contender = contender.Name,
                Role = index <= contender.Senders ? Math.Min(index, 1) : index - contender.Senders + 1,
                Sender = Math.Max(0, index - 1),
                Senders = contender.Senders,
                Address = address,
                Count = count,
                TimesEach = timesEach,
                Processors = pins ? ProcessorsOf(index) : [],
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
