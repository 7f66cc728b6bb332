namespace IpMpsc;

/// <summary>The channel is not what the program expects: another schema, capacity or layout version, or no channel at all.</summary>
public sealed class ChannelMismatchException : ChannelException
{
    internal ChannelMismatchException(string message) : base(message)
    {
    }
}
