using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends frames, copied from buffers of its own or drawn in the ring.</summary>
internal sealed class FrameSender(Job job, bool inPlace) : IRole
{
    private readonly byte[] _y = Picture.Plane(VideoFrame.Luma);
    private readonly byte[] _u = Picture.Plane(VideoFrame.Chroma);
    private readonly byte[] _v = Picture.Plane(VideoFrame.Chroma);
    private ExclusiveSender<VideoFrame>? _sender;

    public void Prepare() => _sender = ExclusiveSender<VideoFrame>.Open(job.Address);

    public Outcome Run()
    {
        RunClock clock = RunClock.Start();
        for (long number = 0; number < job.Count; number++)
        {
            if (inPlace)
            {
                Draw(number);
            }
            else
            {
                Copy(number);
            }
        }

        return clock.Stop(job.Count);
    }

    public void Dispose() => _sender?.Dispose();

    private void Copy(long number)
    {
        Ends.Stamp(_y, number);
        Ends.Stamp(_u, number);
        Ends.Stamp(_v, number);
        _sender!.Send(new VideoFrame { Number = number, Y = _y, U = _u, V = _v });
    }

    private void Draw(long number)
    {
        VideoFrame.Sizes sizes = new() { Y = VideoFrame.Luma, U = VideoFrame.Chroma, V = VideoFrame.Chroma };
        using Claim<VideoFrame> claim = _sender!.Claim(sizes);
        claim.Writer.Number = number;
        Picture.Draw(claim.Writer.Y, number);
        Picture.Draw(claim.Writer.U, number);
        Picture.Draw(claim.Writer.V, number);
        claim.Commit();
    }
}
