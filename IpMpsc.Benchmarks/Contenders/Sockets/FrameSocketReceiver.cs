using System.Net.Sockets;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Receives frames from a Unix domain socket into a buffer of its own.</summary>
internal sealed class FrameSocketReceiver(Job job) : IRole
{
    private readonly byte[] _frame = new byte[VideoFrame.Size];
    private Socket? _listener;
    private Socket? _socket;

    public void Prepare() => _listener = UnixSocket.Listen(job.Address);

    public Outcome Run()
    {
        _socket = _listener!.Accept();
        Receive(0);
        RunClock clock = RunClock.Start();
        for (long number = 1; number < job.Count; number++)
        {
            Receive(number);
        }

        return clock.Stop(job.Count - 1);
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _listener?.Dispose();
    }

    private void Receive(long number)
    {
        UnixSocket.ReceiveAll(_socket!, _frame);
        Picture.Verify(_frame, VideoFrame.Size, number);
    }
}
