using System.Globalization;

namespace IpMpsc.Nats.Batches;

/// <summary>
/// The id of a batch: the channel that it comes from, and the position of its last record there. It is unique for ever and derived from the
/// ring, so that a bridge has no state of its own.
/// </summary>
/// <param name="Channel">The id of the channel.</param>
/// <param name="Position">The position of the last record.</param>
internal readonly record struct BatchId(Guid Channel, long Position)
{
    public static bool TryParse(string text, out BatchId id)
    {
        string[] parts = text.Split(':');
        bool isId = Guid.TryParseExact(parts[0], "N", out Guid channel)
            & long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long position)
            & parts.Length == 2;
        id = new BatchId(channel, position);
        return isId;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Channel:N}:{Position}");
}
