using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;
using static System.Runtime.InteropServices.Architecture;

namespace IpMpsc.Platform.MacOS;

/// <summary>
/// The numbers and structures of macOS. On Arm64, macOS passes variable arguments on the stack only, which P/Invoke
/// cannot express. There the declarations fill the registers with zeros, so that the next argument lies on the stack.
/// </summary>
internal sealed unsafe partial class MacCalls : UnixCalls
{
    private const int AT_FDCWD = -2;
    private const int AT_EACCESS = 0x10;
    private const int O_RDONLY = 0x0;
    private const int O_RDWR = 0x2;
    private const int O_NONBLOCK = 0x4;
    private const int O_NOFOLLOW = 0x100;
    private const int O_CREAT = 0x200;
    private const int O_EXCL = 0x800;
    private const int O_CLOEXEC = 0x100_0000;

    private const uint RENAME_EXCL = 4;

    private const int F_PREALLOCATE = 42;
    private const int F_OFD_SETLK = 90;
    private const int F_OFD_GETLK = 92;
    private const short F_UNLCK = 2;
    private const short F_WRLCK = 3;

    private static readonly bool s_onStack = RuntimeInformation.ProcessArchitecture == Arm64;

    public override int EAGAIN => 35;

    public override int ELOOP => 62;

    public override int CreateNew(string path, uint mode) => Open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (nint)mode);

    public override int OpenExisting(string path, bool toRead) =>
        Open(path, (toRead ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);

    public override FileStatus? StatusOf(int descriptor) => FileAttributeList.OfDescriptor(descriptor);

    public override FileStatus? StatusOf(string path) => FileAttributeList.OfPath(path);

    public override FileSystemStatus? FileSystemOf(int descriptor, string path) => FileSystemOf(Path.GetDirectoryName(path)!);

    public override FileSystemStatus? FileSystemOf(string directory)
    {
        try
        {
            DriveInfo drive = new(directory);
            return new FileSystemStatus(drive.DriveType == DriveType.Network, IsMemory: false, drive.AvailableFreeSpace, HasFreeFiles: true);
        }
        catch (Exception error) when (ChannelFault.IsOfFileFunctions(error))
        {
            return null;
        }
    }

    public override bool TrySetLock(int descriptor, bool locked, long offset, long length)
    {
        Flock range = new() { Type = locked ? F_WRLCK : F_UNLCK, Start = offset, Length = length };
        return Control(descriptor, F_OFD_SETLK, &range) == 0;
    }

    public override bool IsLockedElsewhere(int descriptor, long offset, long length)
    {
        Flock range = new() { Type = F_WRLCK, Start = offset, Length = length };
        return Control(descriptor, F_OFD_GETLK, &range) != 0 || range.Type != F_UNLCK;
    }

    public override int Reserve(int descriptor, long length)
    {
        // A call that a signal interrupts may have allocated a part. The next one counts from the file's end, which is still 0.
        Store store = new() { Flags = Store.F_ALLOCATEALL, Mode = Store.F_PEOFPOSMODE, Length = length };
        int error;
        do
        {
            bool reserved = Control(descriptor, F_PREALLOCATE, &store) == 0 && Truncate(descriptor, length) == 0;
            error = reserved ? 0 : Marshal.GetLastPInvokeError();
        }
        while (error == LibC.EINTR);

        return error;
    }

    /// <summary>Checks the effective user, which is the one that removes; not every C library can do that.</summary>
    public override bool MayRemoveFrom(string directory) =>
        LibC.CheckAccess(AT_FDCWD, directory, LibC.W_OK | LibC.X_OK, AT_EACCESS) == 0 || Marshal.GetLastPInvokeError() != LibC.EACCES;

    public override bool TryRename(string from, string to) => RenameExclusively(from, to, RENAME_EXCL) == 0;

    private static int Open(string path, int flags, nint mode) =>
        s_onStack ? Open(path, flags, 0, 0, 0, 0, 0, 0, mode) : OpenInRegisters(path, flags, mode);

    private static int Control(int descriptor, int command, void* argument) =>
        s_onStack ? Control(descriptor, command, 0, 0, 0, 0, 0, 0, argument) : ControlInRegisters(descriptor, command, argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenInRegisters(string path, int flags, nint mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nint mode);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlInRegisters(int descriptor, int command, void* argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(
        int descriptor, int command, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, void* argument);

    [LibraryImport("libc", EntryPoint = "renamex_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameExclusively(string from, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, long length);

    /// <summary>struct flock of macOS.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Flock
    {
        public long Start;
        public long Length;
        public int ProcessId;
        public short Type;
        public short Whence;
    }

    /// <summary>fstore_t, the argument of F_PREALLOCATE.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Store
    {
        public const uint F_ALLOCATEALL = 4;
        public const int F_PEOFPOSMODE = 3;

        public uint Flags;
        public int Mode;
        public long Offset;
        public long Length;
        public long Allocated;
    }
}
