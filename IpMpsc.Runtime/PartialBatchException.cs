using System.Globalization;

namespace IpMpsc;

/// <summary>
/// A batch ended early: its first messages were sent, the others were not. A batch of which nothing was sent throws
/// the reason itself instead.
/// </summary>
public sealed class PartialBatchException : ChannelException
{
    internal PartialBatchException(string path, int sent, int count, Exception reason)
        : base(Text(path, sent, count, reason), reason) => SentCount = sent;

    /// <summary>How many messages of the batch were sent, from the first on. Resume at this index; an earlier one is received twice.</summary>
    public int SentCount { get; }

    internal static string Text(string path, int sent, int count, Exception reason) => string.Create(
        CultureInfo.InvariantCulture,
        $"The first {sent:N0} of {count:N0} messages were sent to channel '{path}', the others were not: {reason.Message}");
}
