using System.Text.Json;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Examples;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>A process of this program.</summary>
internal sealed class PeerProcess : IPeer
{
    /// <summary>The subcommand by which this program is a peer.</summary>
    public const string Command = "peer";

    public const string Ready = "ready";
    public const string Go = "go";

    private readonly LineProcess _process;

    /// <param name="processor">The processor to which it is pinned before it starts; null to start it as this process is.</param>
    public PeerProcess(int? processor = null)
    {
        using IDisposable? pin = processor is { } one ? ThreadPin.To(one) : null;
        _process = new LineProcess(ThisProgram.With(Command), "A process of the benchmark");
    }

    public async Task PrepareAsync(Job job)
    {
        await _process.WriteAsync(JsonSerializer.Serialize(job));
        string answer = await _process.ReadAsync();
        if (answer != Ready)
        {
            throw new BenchmarkException($"{job.Workload}, {job.Contender}, role {job.Role}: {JsonSerializer.Deserialize<Outcome>(answer)!.Error}");
        }
    }

    public Task GoAsync() => _process.WriteAsync(Go);

    public async Task<Outcome> FinishAsync()
    {
        Outcome outcome = JsonSerializer.Deserialize<Outcome>(await _process.ReadAsync())!;
        return outcome.Error is null ? outcome : throw new BenchmarkException(outcome.Error);
    }

    public void Dispose() => _process.Dispose();
}
