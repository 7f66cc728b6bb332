using System.Net.Sockets;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Sends frames through a Unix domain socket.</summary>
internal sealed class FrameSocketSender(Job job) : IRole
{
    private readonly byte[] _frame = Picture.Plane(VideoFrame.Size);
    private Socket? _socket;

    public void Prepare() => _socket = UnixSocket.Connect(job.Address);

    public Outcome Run()
    {
        RunClock clock = RunClock.Start();
        for (long number = 0; number < job.Count; number++)
        {
            Ends.Stamp(_frame, number);
            _socket!.Send(_frame);
        }

        return clock.Stop(job.Count);
    }

    public void Dispose() => _socket?.Dispose();
}
