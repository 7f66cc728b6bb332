namespace IpMpsc;

/// <summary>
/// Marks a <c>partial class</c> as a channel of several message types: the generator emits its senders
/// and its receiver into it.
/// </summary>
/// <param name="messages">
/// The message types, in any order: a record tells its type by the id of its message, which does not
/// depend on the place here.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ChannelProtocolAttribute(params Type[] messages) : Attribute
{
    /// <summary>The message types.</summary>
    public IReadOnlyList<Type> Messages { get; } = messages;
}
