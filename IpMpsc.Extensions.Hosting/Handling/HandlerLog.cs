using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>What hosted receivers log.</summary>
internal static partial class HandlerLog
{
    [LoggerMessage(1, LogLevel.Information, "Channel {Channel}: messages of {Path} are handled now")]
    public static partial void Started(ILogger logger, string channel, string path);

    [LoggerMessage(2, LogLevel.Warning, "Channel {Channel}: attempt {Attempt} of {MaxAttempts} to handle the message at position {Position} failed; the next one follows in {Delay}")]
    public static partial void AttemptFailed(
        ILogger logger, Exception failure, string channel, int attempt, int maxAttempts, long position, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Warning, "Channel {Channel}: a batch of {Count} messages from position {Position} failed; each message is handled alone now")]
    public static partial void BatchFailed(ILogger logger, Exception failure, string channel, int count, long position);

    [LoggerMessage(4, LogLevel.Error, "Channel {Channel}: the message at position {Position} could not be handled and was moved to {DeadLetters}")]
    public static partial void DeadLettered(ILogger logger, Exception failure, string channel, long position, string deadLetters);

    [LoggerMessage(5, LogLevel.Error, "Channel {Channel}: the dead-letter channel {DeadLetters} is full; the message at position {Position} waits until somebody receives from it")]
    public static partial void DeadLettersFull(ILogger logger, string channel, string deadLetters, long position);

    [LoggerMessage(6, LogLevel.Critical, "Channel {Channel}: the message at position {Position} could not be handled. It stays in the channel, and the host stops")]
    public static partial void GaveUp(ILogger logger, Exception failure, string channel, long position);

    [LoggerMessage(7, LogLevel.Error, "Channel {Channel}: {Bytes} bytes were stepped over because they are corrupt")]
    public static partial void SkippedCorrupt(ILogger logger, Exception failure, string channel, long bytes);

    [LoggerMessage(8, LogLevel.Information, "Channel {Channel}: every sender has left, and all {Handled} messages were handled")]
    public static partial void Completed(ILogger logger, string channel, long handled);

    [LoggerMessage(9, LogLevel.Information, "Channel {Channel} stopped: {Handled} messages handled, {Drained} of them after the stop was requested; {DeadLettered} moved to dead letters; none left")]
    public static partial void Stopped(ILogger logger, string channel, long handled, long drained, long deadLettered);

    [LoggerMessage(10, LogLevel.Warning, "Channel {Channel} stopped: {Handled} messages handled, {Drained} of them after the stop was requested; {DeadLettered} moved to dead letters; {Left} that were sent before the stop are left in the channel for the next start")]
    public static partial void StoppedEarly(ILogger logger, string channel, long handled, long drained, long deadLettered, long left);
}
