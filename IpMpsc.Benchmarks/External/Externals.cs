using IpMpsc.Benchmarks.Limits.Native;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.External;

/// <summary>All external programs of a session: the limits in C, and those that the user names.</summary>
internal sealed class Externals : IDisposable
{
    private readonly NativePrograms _native = new();
    private readonly List<ExternalProgram> _programs = [];

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Omissions => _native.Omissions;

    /// <summary>The workloads, with every program added to those in which it can take part.</summary>
    /// <exception cref="BenchmarkException">A program that the user names cannot take part.</exception>
    public async Task<IReadOnlyList<Workload>> JoinAsync(
        IReadOnlyList<Workload> workloads, IReadOnlyList<(string Name, string Command)> named)
    {
        if (workloads.Any(static workload => workload.External.Count > 0))
        {
            _programs.AddRange(await _native.CompileAsync());
        }

        foreach ((string name, string command) in named)
        {
            ExternalProgram program = await ExternalProgram.AskAsync(name, command, ContenderKind.Alternative);
            if (!workloads.Any(workload => program.At(workload).Any()))
            {
                throw new BenchmarkException(
                    $"'{name}' can take part in none of these workloads: "
                    + $"it says that it does \"{string.Join(' ', program.Works)}\".");
            }

            _programs.Add(program);
        }

        return [.. workloads.Select(WithPrograms)];
    }

    public void Dispose() => _native.Dispose();

    private Workload WithPrograms(Workload workload)
    {
        Contender[] all = [.. workload.Contenders, .. _programs.SelectMany(program => program.At(workload))];
        string? twice = all.Select(static contender => contender.Name).GroupBy(static name => name)
            .FirstOrDefault(static same => same.Count() > 1)?.Key;
        return twice is null
            ? workload with { Contenders = all }
            : throw new BenchmarkException($"\"{workload.Name}\" has two contenders with the name '{twice}'.");
    }
}
