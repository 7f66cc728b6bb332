using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using IpMpsc.Layout;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// Tells a name without a file from one that has none only for an instant: if the file system cannot replace a mapped file
/// in one step, the old file is moved aside before its successor gets the name.
/// </summary>
/// <remarks>
/// The old file is the sign. It is marked as retired, and the process that moved it aside holds its naming lock until the
/// successor has the name. A process that finds no file, and then no sign, therefore finds the successor if it looks again.
/// </remarks>
[SupportedOSPlatform("windows")]
internal struct NameSearch(string path)
{
    /// <summary>After this many looks without a file and without a sign, the name has no file. Only that many replacements in a row could cause a wrong answer.</summary>
    private const int QuietLooks = 2;

    private int _rounds;
    private int _quiet;

    /// <summary>Whether the search was given up because the other process makes no progress.</summary>
    public readonly bool IsStuck => _rounds == SegmentStore.MostRounds;

    /// <summary>
    /// Whether to look at the name again, after a look that found no file. Waits before that if another process is about to
    /// give the name to a file.
    /// </summary>
    public bool LooksAgain()
    {
        if (!IsChangingHands(path))
        {
            return ++_quiet < QuietLooks;
        }

        _quiet = 0;
        _rounds++;
        SegmentStore.PauseBefore(_rounds);
        return !IsStuck;
    }

    private static bool IsChangingHands(string path)
    {
        try
        {
            return SegmentStore.FilesIn(Path.GetDirectoryName(path)!, SegmentStore.TemporaryPatternFor(path)).Any(IsHeldByMover);
        }
        catch (ChannelFault)
        {
            return false; // The directory cannot be listed.
        }
    }

    /// <summary>Whether a temporary file is a retired one whose naming lock is held.</summary>
    private static bool IsHeldByMover(string path)
    {
        bool free = false;
        using (SafeFileHandle file = WindowsFile.Open(path, GENERIC_READ)) // Not mapped: it could not be deleted.
        {
            if (file.IsInvalid || !IsRetired(file))
            {
                return false;
            }

            free = WindowsSegmentFile.LooksFreeAt(file, LivenessDescriptor.Naming);
        }

        if (free)
        {
            // The look may have been in the way of the process that wanted to remove the file.
            HostPlatform.Current.Segments.DeleteUnlessLocked(path, LivenessDescriptor.Naming);
        }

        return !free;
    }

    private static bool IsRetired(SafeFileHandle file)
    {
        Span<byte> header = stackalloc byte[HeaderDescriptor.ChannelStateOffset + sizeof(uint)];
        try
        {
            return RandomAccess.Read(file, header, 0) == header.Length
                && MemoryMarshal.Read<ulong>(header) == HeaderDescriptor.Magic
                && ChannelState.IsRetired(MemoryMarshal.Read<uint>(header[HeaderDescriptor.ChannelStateOffset..]));
        }
        catch (Exception error) when (ChannelFault.IsOfFileFunctions(error))
        {
            return false;
        }
    }
}
