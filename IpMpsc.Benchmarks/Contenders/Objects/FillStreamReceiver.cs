using System.Buffers.Binary;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using MemoryPack;

namespace IpMpsc.Benchmarks.Contenders.Objects;

/// <summary>Receives what a <see cref="FillStreamSender"/> sends, through a buffer that reads ahead.</summary>
internal sealed class FillStreamReceiver(Job job, Func<string, (IDisposable Listener, Func<Stream> Accept)> listen) : StreamReceiver(job)
{
    private readonly byte[] _frame = new byte[4096];
    private IDisposable? _listener;
    private Func<Stream>? _accept;
    private BufferedStream? _stream;
    private long _next;

    public override void Prepare() => (_listener, _accept) = listen(Job.Address);

    public override void Dispose()
    {
        _stream?.Dispose();
        _listener?.Dispose();
    }

    protected override void Accept() => _stream = new BufferedStream(_accept!(), 64 * 1024);

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _stream!.ReadExactly(_frame, 0, sizeof(int));
            int length = BinaryPrimitives.ReadInt32LittleEndian(_frame);
            _stream.ReadExactly(_frame, 0, length);
            MemoryPackSerializer.Deserialize<Fill>(_frame.AsSpan(0, length))!.Verify(_next++);
        }
    }
}
