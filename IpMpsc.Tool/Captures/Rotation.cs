namespace IpMpsc.Tool.Captures;

/// <summary>When a recording begins another file, and how many it keeps.</summary>
/// <param name="Size">A file of this many bytes is full; null for no limit. A message larger than that is in a file
/// of its own.</param>
/// <param name="Time">A file of this age is full; null for no limit.</param>
/// <param name="Keep">How many files are kept, the newest; null for all.</param>
internal sealed record Rotation(long? Size, TimeSpan? Time, int? Keep)
{
    /// <summary>Whether there is more than one file.</summary>
    public bool IsUsed => Size is not null || Time is not null;
}
