using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>
/// One open file description of a segment, mapped: what one participant owns. The locks that it
/// takes belong to this description alone and vanish with it, whichever way its process ends.
/// </summary>
internal abstract unsafe class SegmentFile : IDisposable
{
    /// <summary>The first byte of the mapping.</summary>
    public byte* Address { get; protected init; }

    /// <summary>Size of the file and of the mapping, in bytes.</summary>
    public long Length { get; protected init; }

    /// <summary>Where the file was opened; it may since have been renamed, replaced or deleted.</summary>
    public required string Path { get; init; }

    /// <summary>Takes an exclusive lock on a range, or returns false at once.</summary>
    public abstract bool TryLock(long offset, long length);

    /// <summary>Gives a range back.</summary>
    public abstract void Unlock(long offset, long length);

    /// <summary>Whether somebody else, in this process or another, holds a lock in the range.</summary>
    public abstract bool IsLockedElsewhere(long offset, long length);

    /// <summary>Whether <paramref name="path"/> names this very file now.</summary>
    public abstract bool IsNamed(string path);

    /// <summary>
    /// Maps every page of the first <paramref name="length"/> bytes for writing, so that no access to them meets a
    /// page fault. Not for a file that was opened to be read.
    /// </summary>
    /// <exception cref="ChannelFault">There is no memory, or no block of the file, for one of them.</exception>
    public virtual void Prefault(long length) => TouchPages(length);

    /// <summary>Touches each page of the first <paramref name="length"/> bytes as a writer would, and changes nothing in it.</summary>
    public void TouchPages(long length)
    {
        for (long offset = 0; offset < length; offset += SegmentLayout.PageSize)
        {
            SharedWord.Touch(Address + offset);
        }
    }

    /// <summary>Unmaps and closes; drops every lock taken here.</summary>
    public abstract void Dispose();
}
