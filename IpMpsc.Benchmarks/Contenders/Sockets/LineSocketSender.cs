using System.Net.Sockets;
using System.Text;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Sends log lines through a Unix domain socket, each encoded and sent by itself: {length, number, text}.</summary>
internal sealed class LineSocketSender(Job job) : StreamSender(job)
{
    private Socket? _socket;
    private readonly byte[] _line = new byte[4096];

    public override void Prepare() => _socket = UnixSocket.Connect(Job.Address);

    public override void Dispose() => _socket?.Dispose();

    protected override void Send(long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            int length = Encoding.UTF8.GetBytes(LogText.Of(number), _line.AsSpan(12));
            BitConverter.TryWriteBytes(_line, length);
            BitConverter.TryWriteBytes(_line.AsSpan(4), number);
            _socket!.Send(_line.AsSpan(0, 12 + length));
        }
    }
}
