using System.Globalization;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.External;

/// <summary>
/// One process of an external program: sends it jobs as lines of text, and reads its results.
/// </summary>
internal sealed class ExternalPeer(LineProcess process, string name) : IPeer
{
    private const string Ready = "ready";
    private const string Done = "done";

    private Job? _job;

    public async Task PrepareAsync(Job job)
    {
        _job = job;
        await process.WriteAsync(LineOf(job));
        string answer = await process.ReadAsync();
        if (answer != Ready)
        {
            throw Unexpected(answer, Ready);
        }
    }

    public Task GoAsync() => process.WriteAsync(PeerProcess.Go);

    public async Task<Outcome> FinishAsync()
    {
        string answer = await process.ReadAsync();
        string[] words = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [Done, .. string[] fields])
        {
            throw Unexpected(answer, Done);
        }

        Dictionary<string, string> values = [];
        foreach (string field in fields)
        {
            string[] parts = field.Split('=', 2);
            values[parts[0]] = parts[^1];
        }

        return ToOutcome(values);
    }

    public void Dispose() => process.Dispose();

    private static string LineOf(Job job)
    {
        ExternalWork work = job.Work!;
        List<string> fields =
        [
            "job",
            $"work={work.Kind}",
            $"role={work.RoleOf(job.Role)}",
            $"sender={job.Sender}",
            $"senders={job.Senders}",
            $"count={job.Count}",
            $"size={work.Size}",
            $"batch={work.Batch}",
            $"capacity={work.Capacity}",
            $"each={(job.TimesEach ? "yes" : "no")}",
            $"address={PathWithoutSpace(job.Address)}",
            $"texts={PathWithoutSpace(job.Texts)}",
        ];
        if (job.Processors.Length > 0)
        {
            fields.Add($"processor={job.Processors[0]}");
        }

        return string.Join(' ', fields);
    }

    private static string PathWithoutSpace(string path) => path.Contains(' ')
        ? throw new BenchmarkException(
            $"External contenders cannot use the path '{path}', because it contains a space. Set TMPDIR to a directory without one.")
        : path;

    private Outcome ToOutcome(Dictionary<string, string> values)
    {
        long due = _job!.Work!.RoleOf(_job.Role) == "receiver" ? _job.Count * _job.Senders : _job.Count;
        double count = Number(values, "count");
        if (count != due)
        {
            throw new BenchmarkException($"{Title} counts {Numbers.Plain(count)} messages and not {due}.");
        }

        double timed = Number(values, "timed");
        return new Outcome
        {
            Value = values.ContainsKey("median") ? Number(values, "median") : Number(values, "nanoseconds") / timed,
            Messages = (long)timed,
            Allocated = null,
            Percentiles = _job.TimesEach && _job.Role == 0
                ? [.. Percentiles.Points.Select(point => Number(values, $"p{Numbers.Plain(point)}"))]
                : null,
        };
    }

    private double Number(Dictionary<string, string> values, string field) =>
        values.TryGetValue(field, out string? value)
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
        && number >= 0
            ? number
            : throw new BenchmarkException($"{Title} does not say {field} as a number in its answer \"{Done}\".");

    private string Title => $"{_job!.Workload}, '{name}', {_job.Work!.RoleOf(_job.Role)}";

    private BenchmarkException Unexpected(string answer, string due) =>
        new($"{Title} said \"{answer}\" instead of \"{due}\".");
}
