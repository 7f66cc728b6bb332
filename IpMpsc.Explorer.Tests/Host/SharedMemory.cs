using System.Runtime.InteropServices;
using Exploring.Engine;
using IpMpsc.Layout;

namespace Exploring.Host;

/// <summary>
/// Memory of virtual files. Each file has several mappings of the same pages at different addresses, as in different processes,
/// so that an address that one process stores in the file is wrong in another.
/// </summary>
internal static unsafe partial class SharedMemory
{
    public const int MostFiles = 4;
    public const int MostMappings = 60;
    public const int FileSize = 64 * 1024;

    private static readonly byte* s_start = Reserve();
    private static readonly bool[] s_mapped = new bool[MostFiles * (MostMappings + 1)];

    /// <summary>The address of a file's bytes in one of its mappings; mapping 0 is the explorer's own.</summary>
    public static byte* Address(int file, int mapping) => s_start + ((((long)file * (MostMappings + 1)) + mapping) * FileSize);

    /// <summary>The address of the same word in the explorer's own mapping. Fails if the thread's mapping is unmapped.</summary>
    public static nint Canonical(nint address)
    {
        if (!IsShared(address))
        {
            return address;
        }

        long offset = address - (nint)s_start;
        int index = (int)(offset / FileSize);
        if (index % (MostMappings + 1) == 0)
        {
            return address; // The explorer's own mapping, which stays.
        }

        if (!s_mapped[index])
        {
            throw new ExplorationFailure("A word of the segment was used after the segment was unmapped.");
        }

        return (nint)Address(index / (MostMappings + 1), 0) + (nint)(offset % FileSize);
    }

    /// <summary>Whether it is a word of a file, and not of a process's own memory.</summary>
    public static bool IsShared(nint address) =>
        (ulong)(address - (nint)s_start) < (ulong)MostFiles * (MostMappings + 1) * FileSize;

    public static void Map(int file, int mapping, bool isMapped) => s_mapped[(file * (MostMappings + 1)) + mapping] = isMapped;

    /// <summary>Resets everything to the state before the first run.</summary>
    public static void Clear()
    {
        Array.Clear(s_mapped);
        for (int file = 0; file < MostFiles; file++)
        {
            new Span<byte>(Address(file, 0), FileSize).Clear();
        }
    }

    public static ulong Read(nint address, int length) => length switch
    {
        1 => *(byte*)address,
        4 => *(uint*)address,
        _ => *(ulong*)address,
    };

    public static void Write(nint address, int length, ulong value)
    {
        switch (length)
        {
            case 1:
                *(byte*)address = (byte)value;
                break;
            case 4:
                *(uint*)address = (uint)value;
                break;
            default:
                *(ulong*)address = value;
                break;
        }
    }

    /// <summary>The name of a word, for reports.</summary>
    public static string NameOf(nint address)
    {
        if (!IsShared(address))
        {
            return "";
        }

        long offset = (address - (nint)s_start) % FileSize;
        return offset switch
        {
            HeaderDescriptor.TailOffset => "tail",
            HeaderDescriptor.HeadOffset => "head",
            HeaderDescriptor.ReceiverSignalOffset => "receiver signal",
            HeaderDescriptor.SpaceSignalOffset => "space signal",
            HeaderDescriptor.ChannelStateOffset => "state",
            >= HeaderDescriptor.Size when offset < HeaderDescriptor.Size + (16 * SlotDescriptor.Size) =>
                $"slot {(offset - HeaderDescriptor.Size) / SlotDescriptor.Size}" +
                ((offset - HeaderDescriptor.Size) % SlotDescriptor.Size) switch { 0 => " position", 8 => " length", var other => $" +{other}" },
            _ => $"+{offset % SegmentLayout.PageSize}",
        };
    }

    private static byte* Reserve()
    {
        const int ReadWrite = 3;
        const int Shared = 1;
        const int Fixed = 16;
        const int PrivateAnonymous = 34;
        long size = (long)MostFiles * (MostMappings + 1) * FileSize;
        int file = CreateMemory("explorer", 0);
        if (file < 0 || Truncate(file, (long)MostFiles * FileSize) != 0)
        {
            throw new PlatformNotSupportedException("The explorer needs memfd_create of Linux.");
        }

        byte* start = MapMemory(null, (nuint)size, 0, PrivateAnonymous, -1, 0);
        for (int index = 0; index < MostFiles * (MostMappings + 1); index++)
        {
            byte* wanted = start + ((long)index * FileSize);
            if (MapMemory(wanted, FileSize, ReadWrite, Shared | Fixed, file, (long)(index / (MostMappings + 1)) * FileSize) != wanted)
            {
                throw new PlatformNotSupportedException("The explorer cannot map its memory.");
            }
        }

        return start;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemory(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int Truncate(int file, long length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* MapMemory(byte* address, nuint length, int protection, int flags, int file, long offset);
}
