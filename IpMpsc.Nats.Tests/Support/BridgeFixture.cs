using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>Two machines, which are two directories, a broker, and a log.</summary>
internal abstract class BridgeFixture
{
    protected const string Stream = "TICKS";

    private readonly List<IDisposable> _started = [];

    protected NatsServer Server { get; private set; } = null!;

    protected TestDirectory Here { get; private set; } = null!;

    protected TestDirectory There { get; private set; } = null!;

    protected ListLoggerProvider Log { get; private set; } = null!;

    /// <summary>A channel here.</summary>
    protected string Origin => Here["ticks"];

    /// <summary>A channel there.</summary>
    protected string Target => There["ticks"];

    protected virtual string ServerSettings => "";

    [SetUp]
    public void MakeMachines()
    {
        NatsServer.Require();
        Here = new TestDirectory();
        There = new TestDirectory();
        Log = new ListLoggerProvider();
        Server = new NatsServer(ServerSettings);
    }

    [TearDown]
    public void DeleteMachines()
    {
        try
        {
            foreach (IDisposable started in Enumerable.Reverse(_started))
            {
                started.Dispose();
            }
        }
        finally
        {
            _started.Clear();
            Server?.Dispose();
            Log?.Dispose();
            Here?.Dispose();
            There?.Dispose();
        }
    }

    protected T Keep<T>(T started) where T : IDisposable
    {
        _started.Add(started);
        return started;
    }

    /// <summary>Waits until a bridge has logged something, which it does only after changing its status.</summary>
    protected void AwaitLogged(LogLevel level, string part) =>
        Patience.Until(() => Log.From(level).Any(line => line.Contains(part, StringComparison.Ordinal)), $"'{part}' is logged");

    protected RunningBridge Out(string? channel = null, Action<JetStreamSourceOptions>? configure = null)
    {
        JetStreamSourceOptions options = new() { Url = Server.Url, AckTimeout = TimeSpan.FromSeconds(2) };
        configure?.Invoke(options);
        return Keep(new RunningBridge(new JetStreamSource(channel ?? Origin, Stream, options, logger: Log.CreateLogger("bridge"))));
    }

    protected RunningBridge In(string? channel = null, Action<JetStreamSinkOptions>? configure = null, IpcChannelOptions? channelOptions = null)
    {
        JetStreamSinkOptions options = new() { Url = Server.Url };
        configure?.Invoke(options);
        return Keep(new RunningBridge(new JetStreamSink(channel ?? Target, Stream, options, channelOptions, Log.CreateLogger("bridge"))));
    }
}
