using System.Globalization;
using NATS.Client.Core;

namespace IpMpsc.Nats.Sinking;

/// <summary>A message of the stream, as the broker delivers it.</summary>
/// <param name="Sequence">Its sequence in the stream.</param>
/// <param name="Delivery">Its number among those that were delivered; without a gap if none was lost.</param>
/// <param name="Pending">How many wait in the stream behind it.</param>
internal readonly record struct PulledMessage(ulong Sequence, ulong Delivery, long Pending)
{
    /// <summary>
    /// Reads the place of a message from its reply subject, <c>$JS.ACK.STREAM.CONSUMER.DELIVERED.SEQUENCE.DELIVERY.TIME.PENDING</c>; newer servers put the
    /// domain and the account before the stream, and a token behind.
    /// </summary>
    public static bool TryRead(in NatsMsg<NatsMemoryOwner<byte>> message, out PulledMessage pulled)
    {
        pulled = default;
        string[] tokens = message.ReplyTo?.Split('.') ?? [];
        int first = tokens.Length switch
        {
            9 => 4,
            >= 11 => 6,
            _ => 0,
        };
        if (first == 0
            || !ulong.TryParse(tokens[first + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong sequence)
            || !ulong.TryParse(tokens[first + 2], NumberStyles.None, CultureInfo.InvariantCulture, out ulong delivery)
            || !long.TryParse(tokens[first + 4], NumberStyles.None, CultureInfo.InvariantCulture, out long pending))
        {
            return false;
        }

        pulled = new PulledMessage(sequence, delivery, pending);
        return true;
    }
}
