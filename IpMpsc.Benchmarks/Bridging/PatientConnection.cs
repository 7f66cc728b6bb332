using NATS.Client.Core;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>A connection to a broker on this machine, which may be busy. The client's own limits, 2 s to connect and 5 s for an answer, end a run on a busy machine.</summary>
internal static class PatientConnection
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static NatsConnection To(string url) => new(new NatsOpts
    {
        Url = url,
        ConnectTimeout = s_patience,
        CommandTimeout = s_patience,
        RequestTimeout = s_patience,
        RetryOnInitialConnect = true,
    });
}
