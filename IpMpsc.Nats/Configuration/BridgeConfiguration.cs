using IpMpsc.Extensions.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using NATS.Client.Core;

namespace IpMpsc.Nats.Configuration;

/// <summary>Sets the options of a bridge from its section of the configuration.</summary>
internal static class BridgeConfiguration
{
    /// <summary>The section that holds one section for each channel with a bridge.</summary>
    private const string Root = "IpMpsc:Bridges";

    /// <summary>The key of a section.</summary>
    public static string KeyOf(string channel) => ConfigurationPath.Combine(Root, channel);

    /// <summary>Sets options.</summary>
    /// <returns>A sentence for each mistake.</returns>
    public static IReadOnlyList<string> Apply(IConfiguration configuration, string channel, JetStreamOptions options)
    {
        List<string> faults = [];
        SectionReader reader = new(configuration.GetSection(KeyOf(channel)), KeyOf(channel), faults);
        ReadConnection(reader, options);
        try
        {
            switch (options)
            {
                case JetStreamSourceOptions source:
                    ReadSource(reader, source);
                    break;
                case JetStreamSinkOptions sink:
                    ReadSink(reader, sink);
                    break;
            }
        }
        catch (ArgumentOutOfRangeException refused)
        {
            faults.Add($"{KeyOf(channel)}: {refused.Message.Split(" (Parameter", 2)[0]}");
        }

        reader.ReportUnknownKeys();
        return faults;
    }

    private static void ReadConnection(SectionReader reader, JetStreamOptions options)
    {
        NatsOpts connection = options.Connection;
        connection = reader.TryText("Url", out string? url) ? connection with { Url = url } : connection;
        NatsAuthOpts auth = connection.AuthOpts;
        auth = reader.TryText("CredsFile", out string? creds) ? auth with { CredsFile = creds } : auth;
        auth = reader.TryText("NKeyFile", out string? nkey) ? auth with { NKeyFile = nkey } : auth;
        auth = reader.TryText("Token", out string? token) ? auth with { Token = token } : auth;
        auth = reader.TryText("Username", out string? user) ? auth with { Username = user } : auth;
        auth = reader.TryText("Password", out string? password) ? auth with { Password = password } : auth;
        NatsTlsOpts tls = connection.TlsOpts;
        tls = reader.TryText("CaFile", out string? ca) ? tls with { CaFile = ca } : tls;
        tls = reader.TryText("CertFile", out string? certificate) ? tls with { CertFile = certificate } : tls;
        tls = reader.TryText("KeyFile", out string? key) ? tls with { KeyFile = key } : tls;
        options.Connection = connection with { AuthOpts = auth, TlsOpts = tls };
        options.Domain = reader.TryText(nameof(options.Domain), out string? domain) ? domain : options.Domain;
        options.Subject = reader.TryText(nameof(options.Subject), out string? subject) ? subject : options.Subject;
    }

    private static void ReadSource(SectionReader reader, JetStreamSourceOptions options)
    {
        options.BatchBytes = reader.TrySize(nameof(options.BatchBytes), out long size) ? (int)Math.Min(size, int.MaxValue) : options.BatchBytes;
        options.Window = reader.TryInteger(nameof(options.Window), out int window) ? window : options.Window;
        options.AckTimeout = reader.TryTime(nameof(options.AckTimeout), out TimeSpan timeout) ? timeout : options.AckTimeout;
        options.CreateStream = reader.TryBoolean(nameof(options.CreateStream), out bool create) ? create : options.CreateStream;
    }

    private static void ReadSink(SectionReader reader, JetStreamSinkOptions options)
    {
        options.Prefetch = reader.TryInteger(nameof(options.Prefetch), out int prefetch) ? prefetch : options.Prefetch;
        options.FirstSequence = reader.TrySize(nameof(options.FirstSequence), out long sequence) ? sequence : options.FirstSequence;
    }
}
