namespace IpMpsc;

/// <summary>
/// Marks a field that was added to a message in a later version. New fields stand behind all older
/// ones; programs that do not know them ignore them, and programs that do see the default value in
/// messages of older senders.
/// </summary>
/// <param name="version">
/// The version of the message that introduced the field, from 2 to <see cref="ChannelMessageAttribute.Version"/>.
/// </param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class SinceAttribute(ushort version) : Attribute
{
    /// <summary>The version of the message that introduced the field.</summary>
    public ushort Version { get; } = version;
}
