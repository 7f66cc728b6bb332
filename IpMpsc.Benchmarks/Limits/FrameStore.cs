using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// The cost of putting a frame into a mapping as large as the channel's, without a reader: copied
/// with <see cref="Span{T}.CopyTo"/>, or drawn there.
/// </summary>
internal sealed unsafe class FrameStore(Job job, bool draws) : IRole
{
    private readonly byte[] _frame = Picture.Plane(VideoFrame.Size);
    private SharedPages? _pages;

    public void Prepare()
    {
        _pages = new SharedPages(job.Address, FrameReceiver.Capacity);
        new Span<byte>(_pages.Address, (int)FrameReceiver.Capacity).Clear(); // Every page is mapped, as in a channel in use.
    }

    public Outcome Run()
    {
        RunClock clock = RunClock.Start();
        for (long number = 0; number < job.Count; number++)
        {
            Span<byte> place = new(_pages!.Address + (number % 2 * (FrameReceiver.Capacity / 2)), VideoFrame.Size);
            if (draws)
            {
                Picture.Draw(place, number);
            }
            else
            {
                Ends.Stamp(_frame, number);
                _frame.CopyTo(place);
            }
        }

        return clock.Stop(job.Count);
    }

    public void Dispose() => _pages?.Dispose();
}
