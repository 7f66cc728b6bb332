using System.Diagnostics;
using IpMpsc.Examples;
using IpMpsc.Nats;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>One end of a bridge, in a process of its own.</summary>
internal sealed class BridgeEnd : IDisposable
{
    public const string Command = "bridge-end";

    private readonly Process _process;

    public BridgeEnd(string direction, string channel, string stream, string url)
    {
        ProcessStartInfo start = ThisProgram.With(Command, direction, channel, stream, url);
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>Whether the process has ended by itself, which is a failure.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The work of the process, which ends with its input.</summary>
    public static async Task<int> RunAsync(string direction, string channel, string stream, string url)
    {
        using CancellationTokenSource end = new();
        Task running = direction switch
        {
            "out" => new JetStreamSource(channel, stream, new JetStreamSourceOptions { Url = url }).RunAsync(end.Token),
            "in" => new JetStreamSink(channel, stream, new JetStreamSinkOptions { Url = url }).RunAsync(end.Token),
            _ => PrototypeEnd.RunAsync(direction, channel, stream, url, end.Token),
        };
        await Task.WhenAny(running, Console.In.ReadToEndAsync());
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsFaulted ? throw running.Exception.InnerException! : 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
