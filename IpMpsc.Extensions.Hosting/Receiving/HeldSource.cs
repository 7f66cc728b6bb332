using IpMpsc.Extensions.Hosting.Handling;

namespace IpMpsc.Extensions.Hosting.Receiving;

/// <summary>Messages of one type, in place.</summary>
internal sealed class HeldSource<T>(Receiver<T> receiver) : MessageSource<HeldMessage<T>> where T : struct, IChannelMessage<T>
{
    public override string Path => receiver.Path;

    public override ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => receiver.WaitToReceiveAsync(cancellationToken);

    public override IHeld<HeldMessage<T>>? TryHold() => receiver.TryHold(out HeldMessage<T> message) ? new Held(message) : null;

    public override long SkipCorrupt() => receiver.SkipCorrupt();

    public override void PutBack() => receiver.Rewind();

    public override void Dispose() => receiver.Dispose();

    private sealed class Held(HeldMessage<T> message) : IHeld<HeldMessage<T>>
    {
        public long Position => message.Position;

        public ushort MessageId => T.MessageId;

        public ushort SchemaVersion => message.SchemaVersion;

        public MessageTrace? Trace => message.Trace;

        public ReadOnlySpan<byte> Payload => message.Payload;

        public HeldMessage<T> Read() => message;

        public void Release() => message.Dispose();
    }
}
