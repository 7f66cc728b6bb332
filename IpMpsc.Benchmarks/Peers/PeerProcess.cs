using System.Text.Json;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Examples;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>A process of this program.</summary>
internal sealed class PeerProcess : IPeer
{
    private readonly LineProcess _process = new(ThisProgram.With(PeerProgram.Command), "A process of the benchmark");

    public async Task PrepareAsync(Job job)
    {
        await _process.WriteAsync(JsonSerializer.Serialize(job));
        string answer = await _process.ReadAsync();
        if (answer != PeerProgram.Ready)
        {
            throw new BenchmarkException($"{job.Workload}, {job.Contender}, role {job.Role}: {JsonSerializer.Deserialize<Outcome>(answer)!.Error}");
        }
    }

    public Task GoAsync() => _process.WriteAsync(PeerProgram.Go);

    public async Task<Outcome> FinishAsync()
    {
        Outcome outcome = JsonSerializer.Deserialize<Outcome>(await _process.ReadAsync())!;
        return outcome.Error is null ? outcome : throw new BenchmarkException(outcome.Error);
    }

    public void Dispose() => _process.Dispose();
}
