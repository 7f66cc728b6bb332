using System.Diagnostics;
using IpMpsc.Examples;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>A real nats-server with JetStream on loopback, with its files in a temporary directory. Tests are ignored if it is not installed.</summary>
internal sealed class NatsServer : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ipmpsc-nats-");
    private readonly string _settings;
    private readonly string[] _prefix;
    private ServerProcess? _process;

    /// <summary>Starts a server.</summary>
    /// <param name="settings">More lines of its configuration.</param>
    /// <param name="store">Where its files lie; a directory of its own by default.</param>
    /// <param name="host">Where it listens.</param>
    /// <param name="prefix">What runs its command: a network namespace.</param>
    public NatsServer(string settings = "", string? store = null, string host = "127.0.0.1", params string[] prefix)
    {
        (_settings, _prefix, Host) = (settings, prefix, host);
        Store = store ?? Path.Join(_directory.FullName, "store");
        Require();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Port = Loopback.FreePort();
                Start();
                return;
            }
            catch (AssertionException) when (attempt < 5)
            {
                // Another program has taken the port in between.
            }
        }
    }

    public int Port { get; private set; }

    public string Host { get; }

    public string Url => $"nats://{Host}:{Port}";

    /// <summary>Where its files lie.</summary>
    public string Store { get; }

    /// <summary>Ignores the test if no server is installed.</summary>
    public static void Require()
    {
        if (Find() is null)
        {
            Assert.Ignore("These tests need nats-server: 'apt-get install nats-server', or put a release of github.com/nats-io/nats-server into the PATH.");
        }
    }

    /// <summary>Starts it again, with the same port and files.</summary>
    public void Start()
    {
        string configuration = Path.Join(_directory.FullName, "server.conf");
        File.WriteAllText(configuration, $$"""
            host: {{Host}}
            port: {{Port}}
            jetstream { store_dir: "{{Store}}" }
            {{_settings}}
            """);
        _process = new ServerProcess([.. _prefix, Find()!, "-c", configuration]);
        _process.AwaitReady();
    }

    /// <summary>Kills it, with SIGKILL.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Suspends it.</summary>
    public void Pause() => _process!.Stop();

    /// <summary>Resumes it.</summary>
    public void Continue() => _process!.Continue();

    public void Dispose()
    {
        Kill();
        _directory.Delete(recursive: true);
    }

    private static string? Find() => InstalledProgram.Find("nats-server");

    /// <summary>It logs to its error output.</summary>
    private sealed class ServerProcess(string[] command) : ProgramProcess("nats-server", new ProcessStartInfo(command[0], command[1..]))
    {
        public void AwaitReady() => Patience.Until(
            () => Transcript().Contains("Server is ready", StringComparison.Ordinal) || HasExited,
            "nats-server is ready");
    }
}
