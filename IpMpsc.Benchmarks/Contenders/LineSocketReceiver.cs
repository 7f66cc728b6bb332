using System.Net.Sockets;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Receives what a <see cref="LineSocketSender"/> sends, through a stream that reads ahead.</summary>
internal sealed class LineSocketReceiver(Job job) : StreamReceiver(job)
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _line = new byte[4096];
    private BufferedStream? _stream;
    private long _next;

    public override void Prepare()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Job.Address));
        _listener.Listen();
    }

    public override void Dispose()
    {
        _stream?.Dispose();
        _listener.Dispose();
    }

    protected override void Accept() =>
        _stream = new BufferedStream(new NetworkStream(_listener.Accept(), ownsSocket: true), 64 * 1024);

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _stream!.ReadExactly(_line, 0, 12);
            int length = BitConverter.ToInt32(_line);
            long number = BitConverter.ToInt64(_line, 4);
            _stream.ReadExactly(_line, 0, length);
            if (number != _next || !_line.AsSpan(0, length).SequenceEqual(LogText.Utf8Of(_next)))
            {
                throw new BenchmarkException($"Line {number} came damaged or in place of line {_next}.");
            }

            _next++;
        }
    }
}
