using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>A segment that an observer has mapped.</summary>
internal sealed class ObservedSegment(SegmentFile file, string path, SegmentLayout layout)
    : SegmentView(file, path, layout), IDisposable
{
    /// <summary>
    /// Unmaps and closes the file of an observer that was dropped without Dispose. Code that reads through the addresses of
    /// this object keeps it alive until the last read.
    /// </summary>
    ~ObservedSegment() => File?.Dispose();

    /// <summary>Unmaps and closes the file.</summary>
    public void Dispose()
    {
        File.Dispose();
        GC.SuppressFinalize(this);
    }
}
