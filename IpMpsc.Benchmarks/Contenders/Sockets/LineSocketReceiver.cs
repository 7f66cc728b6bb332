using System.Net.Sockets;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Receives what a <see cref="LineSocketSender"/> sends, through a stream that reads ahead.</summary>
internal sealed class LineSocketReceiver(Job job) : StreamReceiver(job)
{
    private Socket? _listener;
    private readonly byte[] _line = new byte[4096];
    private BufferedStream? _stream;
    private long _next;

    public override void Prepare() => _listener = UnixSocket.Listen(Job.Address);

    public override void Dispose()
    {
        _stream?.Dispose();
        _listener?.Dispose();
    }

    protected override void Accept() =>
        _stream = new BufferedStream(new NetworkStream(_listener!.Accept(), ownsSocket: true), 64 * 1024);

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _stream!.ReadExactly(_line, 0, 12);
            int length = BitConverter.ToInt32(_line);
            long number = BitConverter.ToInt64(_line, 4);
            _stream.ReadExactly(_line, 0, length);
            LogText.Verify(number, _line.AsSpan(0, length), _next++);
        }
    }
}
