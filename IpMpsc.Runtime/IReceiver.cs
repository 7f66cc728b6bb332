namespace IpMpsc;

/// <summary>
/// What receivers of all kinds have in common: <see cref="Receiver{T}"/>, <see cref="ByteReceiver"/>, <see cref="RecordReceiver"/>
/// and the receivers of protocols. Others may implement it, for example as a double in tests; a <see cref="ReceiverSet"/> takes only those of this library.
/// </summary>
public interface IReceiver : IDisposable, IAsyncDisposable
{
    /// <summary>Full path of the channel's file.</summary>
    string Path { get; }

    /// <summary>Bytes of the ring that are claimed and not released: messages with their headers, and claims under way.</summary>
    long BytesUsed { get; }

    /// <summary>
    /// Whether every sender has left and every message was received; false if no sender has joined since a receiver that saw this was disposed. Asks
    /// the kernel.
    /// </summary>
    bool IsCompleted { get; }
}
