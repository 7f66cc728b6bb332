using System.Diagnostics;
using System.Globalization;

namespace IpMpsc.Examples;

/// <summary>A nats-server with JetStream, on loopback and with its files in a temporary directory.</summary>
internal sealed class Broker : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly string _program;
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("ipmpsc-broker-");
    private readonly int _port = Loopback.FreePort();
    private Process _process;

    private Broker(string program)
    {
        _program = program;
        _process = Start();
        AwaitReady();
    }

    public string Url => $"nats://127.0.0.1:{_port}";

    /// <summary>Starts the broker that NATS_SERVER names, or the installed one; null if there is none.</summary>
    /// <exception cref="InvalidOperationException">It does not accept connections.</exception>
    public static Broker? TryStart()
    {
        string? program = Environment.GetEnvironmentVariable("NATS_SERVER") ?? InstalledProgram.Find("nats-server");
        return File.Exists(program) ? new Broker(program) : null;
    }

    /// <summary>Kills it, as a crash would, and starts it again with the same files.</summary>
    public void KillAndRestart()
    {
        Kill();
        _process = Start();
        AwaitReady();
    }

    public void Dispose()
    {
        Kill();
        _store.Delete(recursive: true);
    }

    private Process Start() => Process.Start(new ProcessStartInfo(
        _program,
        ["-js", "-sd", _store.FullName, "-a", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-l", Path.Join(_store.FullName, "log")]))!;

    private void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>It does not report when it is ready, so this tries to connect until that succeeds.</summary>
    private void AwaitReady()
    {
        long start = Stopwatch.GetTimestamp();
        while (!Loopback.IsListening(_port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > s_patience)
            {
                Dispose();
                throw new InvalidOperationException($"{_program} did not start. Run it by hand to see why.");
            }

            Thread.Sleep(20);
        }
    }
}
