using System.Buffers.Binary;
using System.Net.Sockets;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Sends payloads of one size through a Unix domain stream socket.</summary>
internal sealed class SizedSocketSender(Job job, int size) : StreamSender(job)
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _payload = new byte[size];

    public override void Prepare() => _socket.Connect(new UnixDomainSocketEndPoint(Job.Address));

    public override void Dispose() => _socket.Dispose();

    protected override void Send(long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_payload, number);
            BinaryPrimitives.WriteInt64LittleEndian(_payload.AsSpan(size - sizeof(long)), number);
            _socket.Send(_payload);
        }
    }
}
