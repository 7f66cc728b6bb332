namespace IpMpsc.Tool.Captures;

/// <summary>Where the messages of a recording come from.</summary>
internal interface IRecorder : IDisposable
{
    /// <summary>The channels, in the order of their indexes in the recording.</summary>
    IReadOnlyList<CapturedChannel> Channels { get; }

    /// <summary>Records until the limit is reached, the channels end, or the token is cancelled.</summary>
    void Run(Recording recording, long limit, CancellationToken cancellation);
}
