using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// What receivers of all kinds have in common: <see cref="Receiver{T}"/>, <see cref="ByteReceiver"/>, <see cref="RecordReceiver"/>
/// and the receivers of protocols. Only this library can implement it.
/// </summary>
public interface IReceiver : IDisposable
{
    /// <summary>Full path of the channel's file.</summary>
    string Path { get; }

    /// <summary>Whether every sender has left and every message was received; asks the kernel.</summary>
    bool IsCompleted { get; }

    /// <summary>The receiver's side of the ring.</summary>
    internal RingConsumer Consumer { get; }
}
