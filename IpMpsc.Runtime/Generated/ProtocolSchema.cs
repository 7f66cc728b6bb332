using System.ComponentModel;
using IpMpsc.Opening;
using IpMpsc.Receiving;

namespace IpMpsc.Generated;

/// <summary>The message types of a channel that carries several. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProtocolSchema
{
    /// <summary>Creates a description; called by generated code.</summary>
    /// <param name="name">Full name of the protocol class.</param>
    /// <param name="messages">Its messages, with different ids.</param>
    public ProtocolSchema(string name, params MessageSchema[] messages)
    {
        Name = name;
        MessageSchema[] sorted = [.. messages];
        Array.Sort(sorted, static (left, right) => left.Id.CompareTo(right.Id));
        Accepted = new MessageOfProtocol(name, Array.ConvertAll(sorted, static message => message.Id));

        // Sorted by id, so that the order of the types in the source does not show in the channel.
        Channel = new ExpectedSchema(string.Concat(sorted.Select(message => message.Text)));
    }

    /// <summary>Full name of the protocol class.</summary>
    public string Name { get; }

    internal ExpectedSchema Channel { get; }

    internal MessageOfProtocol Accepted { get; }
}
