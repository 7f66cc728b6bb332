namespace IpMpsc;

/// <summary>Marks a <c>partial struct</c> as a message: the generator emits its readers and writers.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class ChannelMessageAttribute : Attribute
{
    /// <summary>
    /// The id that each record of this message carries, 1 to 65535. 0, the default, derives it from
    /// the full name of the type, which is stable as long as the type is not renamed.
    /// </summary>
    public ushort Id { get; set; }
}
