using System.CommandLine;
using IpMpsc.Benchmarks.Measuring;

namespace IpMpsc.Benchmarks.Commands;

/// <summary>The options that all subcommands share.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Option<bool> _quick = new("--quick") { Description = "Few and short runs: everything in a minute, with more noise." };
    private readonly Option<bool> _unpinned = new("--unpinned") { Description = "Let the system choose the processors. Without it each side is kept on one." };
    private readonly Option<int?> _runs = new("--runs") { Description = "Runs of each contender that count." };
    private readonly Option<long> _maxCount = new("--max-count")
    {
        Description = "The most messages of a run, for a look at whether it works.",
        DefaultValueFactory = static _ => long.MaxValue,
    };

    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "Directory for results.json, results.md and the charts.",
        DefaultValueFactory = static _ => new DirectoryInfo("benchmark-results"),
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
                result.AddError("--max-count must be at least 2: what is timed lies between messages.");
            }
        });
        foreach (Option option in (Option[])[_quick, _unpinned, _runs, _maxCount, _output])
        {
            option.Recursive = true;
            command.Options.Add(option);
        }
    }

    public bool Pins(ParseResult parsed) => !parsed.GetValue(_unpinned);

    public DirectoryInfo Output(ParseResult parsed) => parsed.GetValue(_output)!;

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
