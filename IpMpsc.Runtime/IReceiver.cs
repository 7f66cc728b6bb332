using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// What receivers of all kinds have in common: <see cref="Receiver{T}"/>, <see cref="ByteReceiver"/> and those of
/// protocols. Implemented by this library alone.
/// </summary>
public interface IReceiver : IDisposable
{
    /// <summary>Full path of the channel's file.</summary>
    string Path { get; }

    /// <summary>Whether every sender has left and every message was received; asks the kernel.</summary>
    bool IsCompleted { get; }

    /// <summary>The receiver's side of the ring.</summary>
    internal RingConsumer Ring { get; }
}
