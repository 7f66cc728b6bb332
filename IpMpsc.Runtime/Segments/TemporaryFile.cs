using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// The file in which a channel is created before it gets its name: <c>.NAME.32 hex digits.ipmpsc</c> beside it. Its
/// creator holds the naming lock. A killed creator leaves a file without that lock; the next creator removes it.
/// </summary>
internal static class TemporaryFile
{
    /// <summary>Hidden ones too, and a star that means the same everywhere. What cannot be read need not be removed.</summary>
    private static readonly EnumerationOptions s_everyFile =
        new() { AttributesToSkip = 0, MatchType = MatchType.Simple, IgnoreInaccessible = true };

    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Creates a file for the channel at <paramref name="path"/> and takes its naming lock.</summary>
    public static SegmentFile Create(string path, long length)
    {
        RemoveLeftovers(path);

        // Invariant: each further round lost its file to another process's clean-up between creating and locking it,
        // so another process has made progress.
        while (true)
        {
            SegmentFile? file = Store.TryCreate(SegmentStore.TemporaryPathFor(path), length, LivenessDescriptor.Naming);
            if (file is not null)
            {
                return file;
            }
        }
    }

    /// <summary>Removes the files that killed creators of a channel left: those whose naming lock is free.</summary>
    public static void RemoveLeftovers(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        string prefix = SegmentStore.TemporaryPrefix(path);
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (string file in EnumerateAll(directory))
        {
            // Two spellings may be one name here. Where they are not, a leftover is still a leftover.
            string name = Path.GetFileName(file);
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && name.Length > prefix.Length + SegmentStore.TemporarySuffix.Length
                && Guid.TryParseExact(name.AsSpan()[prefix.Length..^SegmentStore.TemporarySuffix.Length], "N", out _))
            {
                Store.DeleteUnlessLocked(file, LivenessDescriptor.Naming);
            }
        }
    }

    /// <summary>As <see cref="RemoveLeftovers"/>, but never fails: the next creator removes what remains.</summary>
    public static void TryRemoveLeftovers(string path)
    {
        try
        {
            RemoveLeftovers(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The directory cannot be listed, or is gone.
        }
    }

    /// <summary>The files that killed creators of any channel left in a directory.</summary>
    public static IEnumerable<string> FindLeftovers(string directory)
    {
        foreach (string path in EnumerateAll(directory))
        {
            using SegmentFile? file = TryOpen(path);
            if (file is not null && !file.IsLockedElsewhere(LivenessDescriptor.Naming, 1))
            {
                yield return path;
            }
        }
    }

    /// <summary>Removes one such file, unless it is in use by now.</summary>
    public static void RemoveLeftover(string path) => Store.DeleteUnlessLocked(path, LivenessDescriptor.Naming);

    private static SegmentFile? TryOpen(string path)
    {
        try
        {
            return Store.OpenToRead(path, minLength: 1);
        }
        catch (ChannelFault)
        {
            return null; // Gone, another user's, or still without its length.
        }
    }

    private static IEnumerable<string> EnumerateAll(string directory) =>
        Directory.EnumerateFiles(directory, ".*" + SegmentStore.TemporarySuffix, s_everyFile);
}
