using IpMpsc.Benchmarks.External;
using IpMpsc.Benchmarks.Limits.Native;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>All external programs of a session: the limits in C, and those that the user names.</summary>
internal sealed class Externals : IDisposable
{
    private readonly NativePrograms _native = new();
    private readonly List<(ExternalProgram Program, ContenderKind Kind)> _programs = [];

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Omissions => _native.Omissions;

    /// <summary>The workloads, with every program added to those in which it can take part.</summary>
    /// <exception cref="BenchmarkException">A program that the user names cannot take part.</exception>
    public async Task<IReadOnlyList<Workload>> JoinAsync(
        IReadOnlyList<Workload> workloads, IReadOnlyList<(string Name, string Command)> named)
    {
        if (workloads.Any(static workload => workload.External.Count > 0))
        {
            _programs.AddRange((await _native.CompileAsync()).Select(static program => (program, ContenderKind.Limit)));
        }

        foreach ((string name, string command) in named)
        {
            ExternalProgram program = await ExternalProgram.AskAsync(name, command);
            if (!workloads.Any(workload => workload.External.Any(work => program.Works.Contains(work.Kind))))
            {
                throw new BenchmarkException(
                    $"'{name}' can take part in none of these workloads: "
                    + $"it says that it does \"{string.Join(' ', program.Works)}\".");
            }

            _programs.Add((program, ContenderKind.Alternative));
        }

        return [.. workloads.Select(WithPrograms)];
    }

    public void Dispose() => _native.Dispose();

    private Workload WithPrograms(Workload workload)
    {
        Contender[] all = [.. workload.Contenders, .. _programs.SelectMany(one => ContendersOf(one.Program, one.Kind, workload))];
        string? twice = all.Select(static contender => contender.Name).GroupBy(static name => name)
            .FirstOrDefault(static same => same.Count() > 1)?.Key;
        return twice is null
            ? workload with { Contenders = all }
            : throw new BenchmarkException($"\"{workload.Name}\" has two contenders with the name '{twice}'.");
    }

    /// <summary>A program as a contender of a workload: one for each way in which it can take part.</summary>
    private static IEnumerable<Contender> ContendersOf(ExternalProgram program, ContenderKind kind, Workload workload) =>
        from work in workload.External
        where program.Works.Contains(work.Kind)
        select new Contender(program.Name + work.Suffix, kind)
        {
            Senders = work.Senders,
            External = new ExternalPart(program, work),
        };
}
