using IpMpsc.Nats.Progress;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace IpMpsc.Nats.Brokers;

/// <summary>
/// A connection to the broker, for as long as it lasts. The client would connect again by itself, and send what it has kept behind a batch that was lost; so a
/// bridge gives a lost connection up and makes another one.
/// </summary>
internal sealed class Broker : IAsyncDisposable
{
    private static readonly TimeSpan s_patienceAtEnd = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _lost = new();

    private Broker(NatsConnection connection, JetStreamOptions options)
    {
        Connection = connection;
        Context = new NatsJSContext(connection, new NatsJSOpts(connection.Opts, domain: options.Domain));
        connection.ConnectionDisconnected += OnDisconnected;
    }

    public NatsConnection Connection { get; }

    public NatsJSContext Context { get; }

    /// <summary>Cancelled when the connection is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The largest message that the broker takes, headers included.</summary>
    public int MaxPayload => Connection.ServerInfo?.MaxPayload ?? 1 << 20;

    /// <summary>Connects.</summary>
    /// <param name="options">How.</param>
    /// <param name="name">What the broker's monitoring calls the connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NatsException">It does not work.</exception>
    public static async Task<Broker> ConnectAsync(JetStreamOptions options, string name, CancellationToken cancellationToken)
    {
        bool isNamed = options.Connection.Name != NatsOpts.Default.Name;
        Broker broker = new(
            new NatsConnection(options.Connection with
            {
                Name = isNamed ? options.Connection.Name : name,
                RetryOnInitialConnect = false, // The bridge tries again itself, and says what it waits for.
            }),
            options);
        try
        {
            await broker.Connection.ConnectAsync().AsTask().WaitAsync(PatienceFor(options), cancellationToken).ConfigureAwait(false);
            return broker;
        }
        catch (TimeoutException)
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            throw BridgeObstacle.Wait(
                $"the broker {Name(options)}: no connection within {PatienceFor(options).TotalSeconds:0.#} s. " +
                $"It may be unreachable, or refuse the credentials, or its certificate may not be trusted.");
        }
        catch
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The addresses of the brokers, without the passwords in them.</summary>
    public static string Name(JetStreamOptions options) => string.Join(
        ", ",
        from url in options.Connection.Url.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select url.LastIndexOf('@') is var at && at < 0 ? url
            : url.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme < 0 ? url[(at + 1)..]
            : string.Concat(url.AsSpan(0, scheme + 3), url.AsSpan(at + 1)));

    /// <summary>The client tries each address for this long, and for ever where TLS fails.</summary>
    private static TimeSpan PatienceFor(JetStreamOptions options) =>
        options.Connection.ConnectTimeout * (1 + options.Connection.Url.Count(static letter => letter == ',')) + s_patienceAtEnd;

    public async ValueTask DisposeAsync()
    {
        Connection.ConnectionDisconnected -= OnDisconnected;
        try
        {
            await Connection.DisposeAsync().AsTask().WaitAsync(s_patienceAtEnd).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or NatsException or IOException or OperationCanceledException)
        {
            // A broker that does not answer cannot be told that the bridge leaves.
        }

        _lost.Dispose();
    }

    private ValueTask OnDisconnected(object? sender, NatsEventArgs arguments)
    {
        try
        {
            _lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The bridge has given the connection up at the same time.
        }

        return ValueTask.CompletedTask;
    }
}
