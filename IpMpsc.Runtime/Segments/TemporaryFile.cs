using System.Collections.Concurrent;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// The file in which a channel is created before it gets its name. Where the system has files without a name it is one of
/// those, and a killed creator leaves nothing. Elsewhere, and to replace a channel, its name is
/// <c>.NAME.32 hex digits.ipmpsc</c> beside the channel. Its creator holds the naming lock, so a temporary file without
/// that lock is a leftover of a killed creator; the next creator of the same name removes it.
/// </summary>
internal static class TemporaryFile
{
    /// <summary>The leftovers of a directory, by the name of their channel, as they were when it was first used; null if there were none.</summary>
    private static readonly ConcurrentDictionary<string, ILookup<string, string>?> s_leftovers = new();

    private static SegmentStore Store => HostPlatform.Current.Segments;

    /// <summary>Creates a file for the channel at <paramref name="path"/> and takes its naming lock.</summary>
    public static SegmentFile Create(string path, long length, bool toReplace, GroupAccess access)
    {
        // Invariant: each further round lost its file to another process's clean-up between creating and locking it,
        // so another process has made progress.
        while (true)
        {
            SegmentFile? file = Store.TryCreate(path, length, LivenessDescriptor.Naming, toReplace, access);
            if (file is null)
            {
                continue;
            }

            if (file.TemporaryPath is null)
            {
                RemoveThoseFoundOnce(path);
            }
            else
            {
                TryRemoveLeftovers(path);
            }

            return file;
        }
    }

    /// <summary>
    /// Removes the files that killed creators of a channel left: those whose naming lock is free. Never fails: what
    /// stays, the next creator removes.
    /// </summary>
    public static void TryRemoveLeftovers(string path) => Remove(Find(Path.GetDirectoryName(path)!), path);

    /// <summary>The files that killed creators of any channel left in a directory; none if it cannot be listed.</summary>
    public static IEnumerable<string> FindLeftovers(string directory)
    {
        foreach (string path in Find(directory)?.SelectMany(static leftovers => leftovers) ?? [])
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

    /// <summary>
    /// As <see cref="TryRemoveLeftovers"/>, with one listing for each directory: a file without a name leaves no
    /// leftovers, so there are hardly any, and creating a channel takes no longer beside thousands of others.
    /// </summary>
    private static void RemoveThoseFoundOnce(string path) =>
        Remove(s_leftovers.GetOrAdd(Path.GetDirectoryName(path)!, Find), path);

    private static void Remove(ILookup<string, string>? leftovers, string path)
    {
        if (leftovers is not null)
        {
            foreach (string leftover in leftovers[Path.GetFileName(path)])
            {
                RemoveLeftover(leftover);
            }
        }
    }

    /// <summary>The temporary files of a directory by the name of their channel; null if there are none.</summary>
    private static ILookup<string, string>? Find(string directory)
    {
        string[] files;
        try
        {
            files = SegmentStore.TemporaryFilesIn(directory);
        }
        catch (ChannelFault)
        {
            files = []; // Leftovers are no reason to fail.
        }

        return files.Length == 0 ? null : ByName(files);
    }

    private static ILookup<string, string> ByName(string[] files)
    {
        // Two spellings may be one name here. Where they are not, a leftover is still a leftover.
        return files.Where(static path => NameOf(path) is not null).ToLookup(static path => NameOf(path)!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The name of the channel for which a file was created; null if the file's name is not a temporary one.</summary>
    private static string? NameOf(string path)
    {
        const int Digits = 32;
        string name = Path.GetFileName(path);
        int end = name.Length - SegmentStore.TemporarySuffix.Length - Digits;
        return end > 2 && name[0] == '.' && name[end - 1] == '.' && Guid.TryParseExact(name.AsSpan(end, Digits), "N", out _)
            ? name[1..(end - 1)]
            : null;
    }

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
}
