using IpMpsc.Platform;

namespace IpMpsc;

/// <summary>
/// Something is wrong with a channel, not with an argument. Each subclass is one thing that a program
/// may want to handle; the message says what was wrong, with the numbers, and what to do.
/// </summary>
public abstract class ChannelException : Exception
{
    private protected ChannelException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>The public form of a failure below the root.</summary>
    internal static ChannelException From(ChannelFault fault) => fault.Kind switch
    {
        FaultKind.NotFound => new ChannelNotFoundException(fault.Message),
        FaultKind.InUse => new ChannelInUseException(fault.Message),
        FaultKind.Mismatch => new ChannelMismatchException(fault.Message),
        FaultKind.Corrupt => new ChannelCorruptException(fault.Message),
        _ => new ChannelFileException(fault.Message),
    };
}
