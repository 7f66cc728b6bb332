namespace IpMpsc;

/// <summary>The file system does not allow it: a missing directory, a link, no permission, no space, no locks.</summary>
public sealed class ChannelFileException : ChannelException
{
    internal ChannelFileException(string message) : base(message)
    {
    }
}
