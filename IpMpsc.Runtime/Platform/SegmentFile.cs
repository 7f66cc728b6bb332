using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>
/// One mapped open file description of a segment, which one participant owns. Its locks belong to this description
/// alone and vanish with it, however its process ends.
/// </summary>
internal abstract unsafe class SegmentFile : IDisposable
{
    /// <summary>The first byte of the mapping.</summary>
    public byte* Address { get; protected init; }

    /// <summary>Size of the file and of the mapping, in bytes.</summary>
    public long Length { get; protected init; }

    /// <summary>The path of the channel. The file may have been renamed, replaced or deleted since it was opened.</summary>
    public required string Path { get; init; }

    /// <summary>The name of a new file until it is published; null if it has none, or was opened.</summary>
    public string? TemporaryPath { get; init; }

    /// <summary>Who may write to the file besides its owner, where objects beside the file need access rights of their own; otherwise empty.</summary>
    public virtual IReadOnlyList<string> Writers => [];

    /// <summary>
    /// Whether the file has lost its last name, for example because somebody removed it behind the channel's back. False
    /// if the system does not answer.
    /// </summary>
    public abstract bool IsRemoved { get; }

    /// <summary>Takes an exclusive lock on a range, or returns false at once.</summary>
    public abstract bool TryLock(long offset, long length);

    /// <summary>Releases a range.</summary>
    public abstract void Unlock(long offset, long length);

    /// <summary>
    /// Whether another description, in this process or another, holds a lock in the range. A description does not see
    /// its own locks.
    /// </summary>
    public abstract bool IsLockedElsewhere(long offset, long length);

    /// <summary>Whether <paramref name="path"/> currently names this file.</summary>
    public abstract bool IsNamed(string path);

    /// <summary>
    /// Maps every page of the first <paramref name="length"/> bytes for writing, so that no later access to them causes
    /// a page fault. Not for a file that was opened read-only.
    /// </summary>
    /// <exception cref="ChannelFault">A page cannot be had: no memory, or no block of the file system, is left.</exception>
    public virtual void Prefault(long length) => TouchPages(length);

    /// <summary>Touches each page of the first <paramref name="length"/> bytes as a writer does, without changing it.</summary>
    public void TouchPages(long length)
    {
        for (long offset = 0; offset < length; offset += SegmentLayout.PageSize)
        {
            SharedWord.Touch(Address + offset);
        }
    }

    /// <summary>Unmaps and closes the file, and drops every lock taken here.</summary>
    public abstract void Dispose();
}
