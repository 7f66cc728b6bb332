using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Peers;

/// <summary>A process that communicates in lines on its standard input and output.</summary>
internal sealed class LineProcess : IDisposable
{
    /// <summary>A run takes seconds at most, so a process that is silent for this long hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TimeSpan _farewell;

    /// <param name="start">How it is started.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="farewell">How long it may take to end after its input has ended, before it is killed.</param>
    public LineProcess(ProcessStartInfo start, string name, TimeSpan farewell = default)
    {
        Name = name;
        _farewell = farewell;
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        _process = Process.Start(start)!;
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <exception cref="BenchmarkException">The process has ended.</exception>
    public async Task WriteAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            throw await EndedAsync();
        }
    }

    /// <exception cref="BenchmarkException">The process has ended, or does not answer.</exception>
    public async Task<string> ReadAsync()
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience) ?? throw await EndedAsync();
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException($"{Name} has not answered for {s_patience.TotalSeconds} s.");
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself, with unread input.
        }

        if (!_process.WaitForExit(_farewell))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task<BenchmarkException> EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return new BenchmarkException($"{Name} has ended, with exit code {_process.ExitCode}.");
    }
}
