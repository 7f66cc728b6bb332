using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IpMpsc.Examples.TwoMachines;

/// <summary>A nats-server with JetStream, on loopback and with its files in a temporary directory.</summary>
internal sealed class Broker : IDisposable
{
    private readonly string _program;
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("two-machines-broker-");
    private readonly string _port;
    private Process _process;

    private Broker(string program)
    {
        _program = program;
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        listener.Stop();
        _process = Start();
    }

    public string Url => $"nats://127.0.0.1:{_port}";

    /// <summary>Starts the broker; null if nats-server is not installed.</summary>
    public static Broker? TryStart() => Candidates().FirstOrDefault(File.Exists) is { } program ? new Broker(program) : null;

    /// <summary>Kills it, as a crash would, and starts it again with the same files.</summary>
    public void KillAndRestart()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = Start();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _store.Delete(recursive: true);
    }

    /// <summary>Where the program may be: where NATS_SERVER says, otherwise in the PATH or where Debian installs it.</summary>
    private static IEnumerable<string> Candidates() => Environment.GetEnvironmentVariable("NATS_SERVER") is { } chosen
        ? [chosen]
        : from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
          from name in new[] { "nats-server", "nats-server.exe" }
          select Path.Join(directory, name);

    private Process Start() => Process.Start(new ProcessStartInfo(
        _program, ["-js", "-sd", _store.FullName, "-a", "127.0.0.1", "-p", _port, "-l", Path.Join(_store.FullName, "log")]))!;
}
