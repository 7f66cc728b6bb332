namespace IpMpsc;

/// <summary>
/// The messages of a channel as they arrive, for <c>foreach</c>. Each step of the loop releases the previous message, and
/// the end of the loop releases the last one.
/// </summary>
/// <typeparam name="T">The message type.</typeparam>
public readonly struct ReceivedMessages<T> where T : struct, IChannelMessage<T>
{
    private readonly Receiver<T> _receiver;
    private readonly CancellationToken _cancellationToken;

    internal ReceivedMessages(Receiver<T> receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Begins to receive.</summary>
    public Enumerator GetEnumerator() => new(_receiver, _cancellationToken);

    /// <summary>Steps from message to message.</summary>
    public ref struct Enumerator
    {
        private readonly Receiver<T> _receiver;
        private readonly CancellationToken _cancellationToken;

        internal Enumerator(Receiver<T> receiver, CancellationToken cancellationToken)
        {
            _receiver = receiver;
            _cancellationToken = cancellationToken;
        }

        /// <summary>The message in hand.</summary>
        public ReceivedMessage<T> Current { get; private set; }

        /// <summary>Releases the message in hand and waits for the next one.</summary>
        /// <returns>False if the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>.</returns>
        /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
        /// <inheritdoc cref="Receiver{T}.Receive" path="/exception" />
        public bool MoveNext()
        {
            Current.Dispose();
            bool received = _receiver.TryReceiveInPlace(
                out ReceivedMessage<T> message, Timeout.InfiniteTimeSpan, _cancellationToken);
            Current = message;
            return received;
        }

        /// <summary>Releases the message in hand.</summary>
        public readonly void Dispose() => Current.Dispose();
    }
}
