using System.Net.Sockets;
using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Receives payloads of one size from a Unix domain stream socket.</summary>
internal sealed class SizedSocketReceiver(Job job, int size) : StreamReceiver(job)
{
    private Socket? _listener;
    private readonly byte[] _payload = new byte[size];
    private Socket? _socket;
    private long _next;

    public override void Prepare() => _listener = UnixSocket.Listen(Job.Address);

    public override void Dispose()
    {
        _socket?.Dispose();
        _listener?.Dispose();
    }

    protected override void Accept() => _socket = _listener!.Accept();

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            UnixSocket.ReceiveAll(_socket!, _payload);
            SizedReceiver.Verify(_payload, size, _next++);
        }
    }
}
