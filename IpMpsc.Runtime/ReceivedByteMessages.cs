namespace IpMpsc;

/// <inheritdoc cref="ReceivedMessages{T}" path="/summary" />
public readonly struct ReceivedByteMessages
{
    private readonly ByteReceiver _receiver;
    private readonly CancellationToken _cancellationToken;

    internal ReceivedByteMessages(ByteReceiver receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        _cancellationToken = cancellationToken;
    }

    /// <inheritdoc cref="ReceivedMessages{T}.GetEnumerator" />
    public Enumerator GetEnumerator() => new(_receiver, _cancellationToken);

    /// <inheritdoc cref="ReceivedMessages{T}.Enumerator" />
    public ref struct Enumerator
    {
        private readonly ByteReceiver _receiver;
        private readonly CancellationToken _cancellationToken;

        internal Enumerator(ByteReceiver receiver, CancellationToken cancellationToken)
        {
            _receiver = receiver;
            _cancellationToken = cancellationToken;
        }

        /// <inheritdoc cref="ReceivedMessages{T}.Enumerator.Current" />
        public ReceivedBytes Current { get; private set; }

        /// <inheritdoc cref="ReceivedMessages{T}.Enumerator.MoveNext" />
        public bool MoveNext()
        {
            Current.Dispose();
            bool received = _receiver.TryReceiveInPlace(
                out ReceivedBytes message, Timeout.InfiniteTimeSpan, _cancellationToken);
            Current = message;
            return received;
        }

        /// <inheritdoc cref="ReceivedMessages{T}.Enumerator.Dispose" />
        public readonly void Dispose() => Current.Dispose();
    }
}
