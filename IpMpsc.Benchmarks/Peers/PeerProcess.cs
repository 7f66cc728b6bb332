using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Examples;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>One process that takes part, seen from the one that conducts.</summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>A run takes seconds at most; who is silent for that long will not answer any more.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    public PeerProcess()
    {
        ProcessStartInfo start = ThisProgram.With(PeerProgram.Command);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        _process = Process.Start(start)!;
    }

    /// <summary>Hands out a job and waits until the process has prepared for it.</summary>
    public async Task PrepareAsync(Job job)
    {
        await WriteAsync(JsonSerializer.Serialize(job));
        string answer = await ReadAsync();
        if (answer != PeerProgram.Ready)
        {
            throw new BenchmarkException($"{job.Workload}, {job.Contender}, role {job.Role}: {JsonSerializer.Deserialize<Outcome>(answer)!.Error}");
        }
    }

    /// <summary>Starts the run.</summary>
    public Task GoAsync() => WriteAsync(PeerProgram.Go);

    /// <summary>Waits for the end of the run.</summary>
    public async Task<Outcome> FinishAsync()
    {
        Outcome outcome = JsonSerializer.Deserialize<Outcome>(await ReadAsync())!;
        return outcome.Error is null ? outcome : throw new BenchmarkException(outcome.Error);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience)
        ?? throw new BenchmarkException($"A process of the benchmark has ended, with exit code {_process.ExitCode}.");
}
