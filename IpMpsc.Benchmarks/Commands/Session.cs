using IpMpsc.Benchmarks.Charts;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Reports;
using IpMpsc.Benchmarks.Workloads;
using Spectre.Console;

namespace IpMpsc.Benchmarks.Commands;

/// <summary>Measures workloads and reports the results.</summary>
internal sealed class Session(
    Effort effort, bool pins, DirectoryInfo output, IReadOnlyList<(string Name, string Command)> contenders)
{
    /// <summary>The exit code that shells report for a program that Ctrl-C ended.</summary>
    private const int Interrupted = 130;

    public async Task<int> RunAsync(IReadOnlyList<Workload> workloads, CancellationToken cancellationToken)
    {
        try
        {
            Results results = await MeasureAsync(workloads, cancellationToken);
            IReadOnlyList<Figure> figures = Figures.Of(results);
            TerminalReport.Write(results, figures);
            Save(results, figures);
            return 0;
        }
        catch (BenchmarkException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    private async Task<Results> MeasureAsync(IReadOnlyList<Workload> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0)
        {
            throw new BenchmarkException("The workloads of --only belong to other subcommands.");
        }

        using Externals externals = new();
        IReadOnlyList<Workload> workloads = await externals.JoinAsync(asked, contenders);
        Results results = new() { Omissions = externals.Omissions };
        using PeerTeam team = new(pins);
        Runner runner = new(team, effort);

        // Drawn only between runs: an animated bar would take processor time from the measured processes.
        await AnsiConsole.Progress().AutoRefresh(false).StartAsync(async progress =>
        {
            ProgressTask task = progress.AddTask("starting", maxValue: workloads.Sum(runner.StepsOf));
            runner.Running += (workload, contender) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                task.Description = Markup.Escape($"{workload.Name}: {contender.Name}");
                task.Increment(1);
                progress.Refresh();
            };
            foreach (Workload workload in workloads)
            {
                results.Add(await runner.MeasureAsync(workload));
            }
        });
        return results;
    }

    private void Save(Results results, IReadOnlyList<Figure> figures)
    {
        output.Create();
        Write("results.json", JsonReport.Write(results, figures));
        Write("results.md", MarkdownReport.Write(results, figures));
        ChartSet.Save(results, output);
        AnsiConsole.MarkupLineInterpolated($"Saved in {output.FullName}.");
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Join(output.FullName, file), text);
}
