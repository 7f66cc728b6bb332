using IpMpsc.Extensions.Hosting.Handling;

namespace IpMpsc.Extensions.Hosting.Receiving;

/// <summary>Payloads in a format of the application, decoded by it.</summary>
internal sealed class ByteSource<TMessage>(ByteReceiver receiver, Func<ReadOnlyMemory<byte>, TMessage> decode) : MessageSource<TMessage>
{
    public override string Path => receiver.Path;

    public override ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => receiver.WaitToReceiveAsync(cancellationToken);

    public override IHeld<TMessage>? TryHold() => receiver.TryHold(out HeldBytes message) ? new Held(message, decode) : null;

    public override long SkipCorrupt() => receiver.SkipCorrupt();

    public override void PutBack() => receiver.Rewind();

    public override void Dispose() => receiver.Dispose();

    private sealed class Held(HeldBytes message, Func<ReadOnlyMemory<byte>, TMessage> decode) : IHeld<TMessage>
    {
        public long Position => message.Position;

        public ushort MessageId => 0;

        public ushort SchemaVersion => 0;

        public MessageTrace? Trace => message.Trace;

        public ReadOnlySpan<byte> Payload => message.Payload;

        public TMessage Read() => decode(message.Memory);

        public void Release() => message.Dispose();
    }
}
