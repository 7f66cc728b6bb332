namespace IpMpsc;

/// <summary>The channel, its receiver's place or all of its sender slots are taken, or a name that must be free is not.</summary>
public sealed class ChannelInUseException : ChannelException
{
    internal ChannelInUseException(string message) : base(message)
    {
    }
}
