using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>A nats-server with JetStream on loopback, with its files in a temporary directory.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("ipmpsc-bench-nats-");
    private readonly Process _process;

    public BrokerProcess()
    {
        string program = Find() ?? throw new BenchmarkException("nats-server is not installed: Run 'apt-get install nats-server'.");
        int port = FreePort();
        Url = $"nats://127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo(
            program, ["-js", "-sd", _store.FullName, "-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-l", Path.Join(_store.FullName, "log")]))!;
        long start = Stopwatch.GetTimestamp();
        while (!IsReady(port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > s_patience)
            {
                Dispose();
                throw new BenchmarkException("nats-server did not start.");
            }

            Thread.Sleep(20); // The server does not report when it is ready. The start is not measured.
        }
    }

    public string Url { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _store.Delete(recursive: true);
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Append("/usr/sbin")
        .Select(static directory => Path.Join(directory, "nats-server"))
        .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsReady(int port)
    {
        try
        {
            using TcpClient client = new("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
