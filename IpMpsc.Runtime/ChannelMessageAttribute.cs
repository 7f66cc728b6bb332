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

    /// <summary>
    /// Version of the message, from 1, the default. Raise it when fields are added, and mark these
    /// with <see cref="SinceAttribute"/>: programs of both versions then still understand each other.
    /// </summary>
    public ushort Version { get; set; } = 1;

    /// <summary>
    /// Name of the message in the schema. By default it is the full name of the type; state it to
    /// rename or move the type without changing the channel.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Whether a message without variable fields can gain <see cref="SinceAttribute"/> fields after others contain it.
    /// By default it lies in them as a struct does, which costs nothing and can never change. If set, it is stored
    /// behind their fixed blocks with its version, as every message with variable fields is.
    /// </summary>
    public bool CanGrow { get; set; }
}
