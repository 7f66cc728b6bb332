using System.CommandLine;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Commands;

/// <summary>The options that all subcommands share.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Option<bool> _quick = new("--quick") { Description = "Few and short runs: everything in a minute, with more noise." };
    private readonly Option<bool> _unpinned = new("--unpinned") { Description = "Let the system choose the processors. By default, each side is pinned to one." };
    private readonly Option<int?> _runs = new("--runs") { Description = "Runs that count for each contender." };
    private readonly Option<long> _maxCount = new("--max-count")
    {
        Description = "The most messages in a run, to check quickly whether it works.",
        DefaultValueFactory = static _ => long.MaxValue,
    };

    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "Directory for results.json, results.md and the charts.",
        DefaultValueFactory = static _ => new DirectoryInfo("benchmark-results"),
    };

    private readonly Option<string[]> _contenders = new("--contender")
    {
        Description =
            "NAME=COMMAND: a program of your own that takes part wherever it can; see docs/measuring-peers.md. May be repeated.",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Run only the workload with this name, such as \"lines\". May be repeated.",
    };

    public void AddTo(Command command)
    {
        _runs.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--runs must be at least 1.");
            }
        });
        _maxCount.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<long>() < 2)
            {
                result.AddError("--max-count must be at least 2, because the time between messages is measured.");
            }
        });
        _contenders.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => token.Value.IndexOf('=') is < 1 || token.Value.EndsWith('=')))
            {
                result.AddError("--contender must be NAME=COMMAND.");
            }
        });
        _only.Validators.Add(static result =>
        {
            foreach (string name in result.Tokens.Select(static token => token.Value).Except(Catalogue.Names))
            {
                result.AddError(
                    $"There is no workload '{name}' for --only. There are {string.Join(", ", Catalogue.Names)}.");
            }
        });
        foreach (Option option in (Option[])[_quick, _unpinned, _runs, _maxCount, _output, _contenders, _only])
        {
            option.Recursive = true;
            command.Options.Add(option);
        }
    }

    public bool Pins(ParseResult parsed) => !parsed.GetValue(_unpinned);

    public DirectoryInfo Output(ParseResult parsed) => parsed.GetValue(_output)!;

    /// <summary>The workloads of a command that the user asked for.</summary>
    public IReadOnlyList<Workload> Chosen(ParseResult parsed, IReadOnlyList<Workload> workloads) =>
        parsed.GetValue(_only) is { Length: > 0 } only
            ? [.. workloads.Where(workload => only.Contains(workload.Name))]
            : workloads;

    /// <summary>Names and commands of external programs.</summary>
    public IReadOnlyList<(string Name, string Command)> Contenders(ParseResult parsed) =>
    [
        .. from contender in parsed.GetValue(_contenders) ?? []
           let parts = contender.Split('=', 2)
           select (parts[0], parts[1]),
    ];

    public Effort EffortOf(ParseResult parsed)
    {
        Effort effort = parsed.GetValue(_quick) ? Effort.Quick : Effort.Full;
        return effort with
        {
            MaxCount = parsed.GetValue(_maxCount),
            Runs = parsed.GetValue(_runs) ?? effort.Runs,
            RareRuns = parsed.GetValue(_runs) ?? effort.RareRuns,
        };
    }
}
