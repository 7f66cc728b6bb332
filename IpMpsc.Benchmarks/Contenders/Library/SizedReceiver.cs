using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Checks both ends of payloads of one size in the ring.</summary>
internal sealed class SizedReceiver(Job job, int size) : StreamReceiver(job)
{
    private ByteReceiver? _receiver;
    private long _next;

    /// <summary>Throws unless a payload is the one that was due.</summary>
    public static void Verify(ReadOnlySpan<byte> payload, int size, long number)
    {
        if (!Ends.Hold(payload, size, number))
        {
            throw new BenchmarkException($"Payload {number} of {size:N0} bytes arrived damaged or out of order.");
        }
    }

    /// <summary>Room for some payloads of a size.</summary>
    public static long CapacityFor(int size) => Math.Max(1 << 20, 8L * size);

    public override void Prepare() => _receiver = ByteReceiver.Create(
        Job.Address, new IpcChannelOptions { Capacity = CapacityFor(size), DeleteOnDispose = true });

    public override void Dispose() => _receiver?.Dispose();

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            using ReceivedBytes message = _receiver!.ReceiveInPlace();
            Verify(message.Payload, size, _next++);
        }
    }
}
