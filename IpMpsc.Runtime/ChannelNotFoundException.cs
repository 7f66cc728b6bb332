namespace IpMpsc;

/// <summary>There is no channel of that name.</summary>
public sealed class ChannelNotFoundException : ChannelException
{
    internal ChannelNotFoundException(string message) : base(message)
    {
    }
}
