using System.Net.Sockets;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Sends payloads of one size through a Unix domain stream socket.</summary>
internal sealed class SizedSocketSender(Job job, int size) : StreamSender(job)
{
    private Socket? _socket;
    private readonly byte[] _payload = new byte[size];

    public override void Prepare() => _socket = UnixSocket.Connect(Job.Address);

    public override void Dispose() => _socket?.Dispose();

    protected override void Send(long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            Ends.Stamp(_payload, number);
            _socket!.Send(_payload);
        }
    }
}
