namespace IpMpsc;

/// <summary>The channel holds something that the protocol cannot have made: another program wrote into its file.</summary>
public sealed class ChannelCorruptException : ChannelException
{
    internal ChannelCorruptException(string message, long position = -1) : base(message) => Position = position;

    /// <summary>The position of the bad record, in bytes since the channel was created; -1 if it is not about a record.</summary>
    public long Position { get; }
}
