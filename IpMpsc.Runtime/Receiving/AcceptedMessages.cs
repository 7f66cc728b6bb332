namespace IpMpsc.Receiving;

/// <summary>The message types that a receiver of a protocol takes.</summary>
/// <param name="protocol">Full name of the protocol class, for errors.</param>
/// <param name="ids">Ids of its messages.</param>
internal sealed class AcceptedMessages(string protocol, ushort[] ids)
{
    public string Protocol { get; } = protocol;

    public bool Contains(ushort messageId) => ids.AsSpan().Contains(messageId);
}
