using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Checks frames in the ring, and measures the time from the first to the last.</summary>
internal sealed class FrameReceiver(Job job, WaitStrategy strategy) : IRole
{
    /// <summary>Two frames and a part of a third.</summary>
    public const long Capacity = 32 << 20;

    private Receiver<VideoFrame>? _receiver;

    public void Prepare() => _receiver = Receiver<VideoFrame>.Create(
        job.Address, new IpcChannelOptions { Capacity = Capacity, DeleteOnDispose = true, WaitStrategy = strategy });

    public Outcome Run()
    {
        Receive(0);
        RunClock clock = RunClock.Start();
        for (long number = 1; number < job.Count; number++)
        {
            Receive(number);
        }

        return clock.Stop(job.Count - 1);
    }

    public void Dispose() => _receiver?.Dispose();

    private void Receive(long number)
    {
        using ReceivedMessage<VideoFrame> message = _receiver!.ReceiveInPlace();
        VideoFrame.View frame = message.View;
        if (frame.Number != number)
        {
            throw new BenchmarkException($"Frame {frame.Number} arrived instead of frame {number}.");
        }

        Picture.Verify(frame.Y, VideoFrame.Luma, number);
        Picture.Verify(frame.U, VideoFrame.Chroma, number);
        Picture.Verify(frame.V, VideoFrame.Chroma, number);
    }
}
