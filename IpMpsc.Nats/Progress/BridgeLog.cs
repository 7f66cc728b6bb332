using Microsoft.Extensions.Logging;

namespace IpMpsc.Nats.Progress;

/// <summary>What bridges log.</summary>
internal static partial class BridgeLog
{
    [LoggerMessage(1, LogLevel.Information, "{Bridge}: running, over {Broker}, {From}")]
    public static partial void Runs(ILogger logger, string bridge, string broker, string from);

    [LoggerMessage(2, LogLevel.Warning, "{Bridge} waits for {Reason}")]
    public static partial void Waits(ILogger logger, string bridge, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Bridge} has been waiting since {Since:O} for {Reason}")]
    public static partial void StillWaits(ILogger logger, string bridge, DateTimeOffset since, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Bridge} cannot continue: {Reason}")]
    public static partial void Refuses(ILogger logger, Exception? failure, string bridge, string reason);

    [LoggerMessage(5, LogLevel.Warning, "{Bridge}: message {Sequence} of the stream is not a batch of a bridge ({Why}) and is stepped over; {Count} so far")]
    public static partial void Foreign(ILogger logger, string bridge, ulong sequence, string why, long count);

    [LoggerMessage(6, LogLevel.Error, "{Bridge}: {What}")]
    public static partial void Lost(ILogger logger, string bridge, string what);

    [LoggerMessage(7, LogLevel.Information, "{Bridge}: others write into the stream, too; one batch is in flight at a time now")]
    public static partial void Shares(ILogger logger, string bridge);

    [LoggerMessage(8, LogLevel.Information, "{Bridge}: stopped after {Messages} messages")]
    public static partial void Stopped(ILogger logger, string bridge, long messages);
}
