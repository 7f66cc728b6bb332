using IpMpsc.Extensions.Hosting.Handling;

namespace IpMpsc.Extensions.Hosting.Receiving;

/// <summary>Messages of several types.</summary>
internal sealed class ProtocolSource(HostedProtocolReceiver receiver) : MessageSource<HeldRecord>
{
    public override string Path => receiver.Path;

    public override ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => receiver.WaitToReceiveAsync(cancellationToken);

    public override IHeld<HeldRecord>? TryHold() => receiver.TryHold(out HeldRecord message) ? new Held(message) : null;

    public override long SkipCorrupt() => receiver.SkipCorrupt();

    public override void PutBack() => receiver.Rewind();

    public override void Dispose() => receiver.Dispose();

    private sealed class Held(HeldRecord message) : IHeld<HeldRecord>
    {
        public long Position => message.Position;

        public ushort MessageId => message.MessageId;

        public ushort SchemaVersion => message.SchemaVersion;

        public MessageTrace? Trace => message.Trace;

        public ReadOnlySpan<byte> Payload => message.Payload;

        public HeldRecord Read() => message;

        public void Release() => message.Dispose();
    }
}
