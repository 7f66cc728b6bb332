using System.Buffers;
using System.Buffers.Binary;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using MemoryPack;

namespace IpMpsc.Benchmarks.Contenders.Objects;

/// <summary>Sends objects through a stream, with one write for each: their length in 4 bytes, then the object.</summary>
internal sealed class FillStreamSender(Job job, Func<string, Stream> connect) : StreamSender(job)
{
    private readonly ArrayBufferWriter<byte> _frame = new(4096);
    private Stream? _stream;

    public override void Prepare() => _stream = connect(Job.Address);

    public override void Dispose() => _stream?.Dispose();

    protected override void Send(long first, int count)
    {
        Fill fill = Fill.Of(first);
        byte[] bytes = new byte[4096];
        for (long number = first; number < first + count; number++)
        {
            fill.Number = number;
            fill.Price = 1.5 * number;
            _frame.ResetWrittenCount();
            MemoryPackSerializer.Serialize(_frame, fill);
            BinaryPrimitives.WriteInt32LittleEndian(bytes, _frame.WrittenCount);
            _frame.WrittenSpan.CopyTo(bytes.AsSpan(sizeof(int)));
            _stream!.Write(bytes, 0, sizeof(int) + _frame.WrittenCount);
        }
    }
}
