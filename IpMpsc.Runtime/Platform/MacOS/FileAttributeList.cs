using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.MacOS;

/// <summary>
/// getattrlist(2). Unlike struct stat, its answer has one layout on both architectures: the requested attributes in
/// the order of their bits, aligned to four bytes.
/// </summary>
internal static unsafe partial class FileAttributeList
{
    private const ushort ATTR_BIT_MAP_COUNT = 5;
    private const uint ATTR_CMN_DEVID = 0x0000_0002;
    private const uint ATTR_CMN_OBJTYPE = 0x0000_0008;
    private const uint ATTR_CMN_OWNERID = 0x0000_8000;
    private const uint ATTR_CMN_GRPID = 0x0001_0000;
    private const uint ATTR_CMN_ACCESSMASK = 0x0002_0000;
    private const uint ATTR_CMN_FILEID = 0x0200_0000;
    private const uint ATTR_FILE_LINKCOUNT = 0x0000_0001;
    private const uint ATTR_FILE_DATALENGTH = 0x0000_0200;

    private const uint FSOPT_NOFOLLOW = 0x1;

    private const uint VREG = 1;
    private const uint VDIR = 2;

    private const int BufferSize = 64;

    public static FileStatus? OfDescriptor(int descriptor)
    {
        Request request = NewRequest();
        byte* answer = stackalloc byte[BufferSize];
        return Get(descriptor, &request, answer, BufferSize, 0) == 0 ? Parse(answer) : null;
    }

    public static FileStatus? OfPath(string path)
    {
        Request request = NewRequest();
        byte* answer = stackalloc byte[BufferSize];
        return Get(path, &request, answer, BufferSize, FSOPT_NOFOLLOW) == 0 ? Parse(answer) : null;
    }

    private static Request NewRequest() => new()
    {
        BitmapCount = ATTR_BIT_MAP_COUNT,
        Common = ATTR_CMN_DEVID | ATTR_CMN_OBJTYPE | ATTR_CMN_OWNERID | ATTR_CMN_GRPID | ATTR_CMN_ACCESSMASK | ATTR_CMN_FILEID,
        File = ATTR_FILE_LINKCOUNT | ATTR_FILE_DATALENGTH,
    };

    /// <summary>The answer: its length, device, type, owner, group, access mask, file id and, for a file, the number of its names and its length.</summary>
    private static FileStatus Parse(byte* answer)
    {
        uint type = *(uint*)(answer + 8);
        (int permissions, bool isSticky, bool passesGroupOn) = FileStatus.PartsOf(*(int*)(answer + 20));
        return new FileStatus(
            Owner: *(uint*)(answer + 12),
            Group: *(uint*)(answer + 16),
            IsRegularFile: type == VREG,
            IsDirectory: type == VDIR,
            Permissions: permissions,
            IsSticky: isSticky,
            PassesGroupOn: passesGroupOn,
            Inode: *(ulong*)(answer + 24),
            Device: *(uint*)(answer + 4),
            Length: type == VREG ? *(long*)(answer + 36) : 0,
            Links: type == VREG ? *(uint*)(answer + 32) : 1,
            Allocated: -1);
    }

    [LibraryImport("libc", EntryPoint = "fgetattrlist", SetLastError = true)]
    private static partial int Get(int descriptor, Request* request, void* answer, nuint size, uint options);

    [LibraryImport("libc", EntryPoint = "getattrlist", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Get(string path, Request* request, void* answer, nuint size, uint options);

    /// <summary>struct attrlist.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        public ushort BitmapCount;
        public ushort Reserved;
        public uint Common;
        public uint Volume;
        public uint Directory;
        public uint File;
        public uint Fork;
    }
}
