namespace IpMpsc;

/// <summary>
/// Lets messages of this assembly contain a struct that is not theirs: one of another library that cannot be marked with
/// <see cref="ChannelMessageAttribute"/>.
/// </summary>
/// <remarks>
/// The struct must have a sequential layout without references. Its fields become part of the schema, so programs in which it
/// is laid out differently do not open the same channel; that this runtime lays it out like that is checked when a channel opens.
/// </remarks>
/// <param name="type">The struct.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class ChannelStructAttribute(Type type) : Attribute
{
    /// <summary>The struct.</summary>
    public Type Type { get; } = type;
}
