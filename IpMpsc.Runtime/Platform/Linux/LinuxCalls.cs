using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>The kernel's numbers for Linux on x64 and Arm64. They are the same under glibc, musl and bionic.</summary>
internal sealed unsafe partial class LinuxCalls : UnixCalls
{
    private const int O_RDONLY = 0x0;
    private const int O_RDWR = 0x2;
    private const int O_CREAT = 0x40;
    private const int O_EXCL = 0x80;
    private const int O_NONBLOCK = 0x800;
    private const int O_CLOEXEC = 0x80000;

    private const int AT_FDCWD = -100;
    private const int AT_EACCESS = 0x200;
    private const int AT_SYMLINK_FOLLOW = 0x400;
    private const int AT_EMPTY_PATH = 0x1000;

    private const int F_OFD_GETLK = 36;
    private const int F_OFD_SETLK = 37;
    private const short F_WRLCK = 1;
    private const short F_UNLCK = 2;

    private const int MADV_DONTFORK = 10;
    private const int MADV_POPULATE_WRITE = 23;

    private const int EOPNOTSUPP = 95;

    // The only flags here whose values differ between the two architectures.
    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly int O_NOFOLLOW = s_arm ? 0x8000 : 0x20000;
    private static readonly int O_TMPFILE = 0x40_0000 | (s_arm ? 0x4000 : 0x10000); // Includes O_DIRECTORY.

    public override int EAGAIN => 11;

    public override int ELOOP => 40;

    public override int CreateNew(string path, uint mode) => Open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

    public override int CreateUnnamed(string directory, uint mode) => Open(directory, O_RDWR | O_TMPFILE | O_CLOEXEC, mode);

    /// <summary>The first call needs a privilege before Linux 6.10, the second needs /proc.</summary>
    public override bool TryName(int descriptor, string path) =>
        Link(descriptor, "", AT_FDCWD, path, AT_EMPTY_PATH) == 0
        || (Marshal.GetLastPInvokeError() != LibC.EEXIST
            && Link(AT_FDCWD, string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}"), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0);

    public override int OpenExisting(string path, bool toRead) =>
        Open(path, (toRead ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);

    public override FileStatus? StatusOf(int descriptor) => Statx.OfDescriptor(descriptor);

    public override FileStatus? StatusOf(string path) => Statx.OfPath(path);

    public override FileSystemStatus? FileSystemOf(int descriptor, string path) => Statfs.OfDescriptor(descriptor);

    public override FileSystemStatus? FileSystemOf(string directory) => Statfs.OfPath(directory);

    public override MemoryLimit? FindMemoryLimit() => CgroupMemory.Current.FindTightest();

    /// <summary>
    /// The text of a small file of the kernel; null if it does not exist or may not be read. The streams of .NET would take milliseconds for the first
    /// file that a process reads, and its exceptions as long for the first that is not there.
    /// </summary>
    public static string? ReadText(string path)
    {
        const int Size = 16 * 1024;
        int descriptor = Open(path, O_RDONLY | O_CLOEXEC, 0);
        if (descriptor < 0)
        {
            return null;
        }

        byte[] bytes = new byte[Size];
        int length = 0;
        nint read;
        fixed (byte* start = bytes)
        {
            while ((read = LibC.Read(descriptor, start + length, Size - length)) > 0)
            {
                length += (int)read;
            }
        }

        LibC.Close(descriptor);
        return read < 0 ? null : Encoding.UTF8.GetString(bytes, 0, length);
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
        int error;
        do
        {
            error = Allocate(descriptor, 0, length);
        }
        while (error == LibC.EINTR);

        return error;
    }

    /// <summary>
    /// By number: the C library's posix_fallocate may fall back to reading and writing each block, which would put old
    /// bytes back over those that a participant writes meanwhile.
    /// </summary>
    public override int FillHoles(int descriptor, long length) =>
        SystemCall.Invoke(SystemCall.Allocate, descriptor, 0, 0, (void*)length, 0, 0) == 0 ? 0
            : Marshal.GetLastPInvokeError() is var error and not EOPNOTSUPP ? error : 0;

    /// <summary>A system that refuses this has not refused the channel.</summary>
    public override void KeepFromChildren(byte* address, long length) => Advise(address, (nuint)length, MADV_DONTFORK);

    /// <summary>Checks the effective user, which is the one that removes; not every C library can do that.</summary>
    public override bool MayRemoveFrom(string directory) =>
        LibC.CheckAccess(AT_FDCWD, directory, LibC.W_OK | LibC.X_OK, AT_EACCESS) == 0 || Marshal.GetLastPInvokeError() != LibC.EACCES;

    public override bool TryRename(string from, string to)
    {
        // By number, because musl and old C libraries have no function for it.
        const int RENAME_NOREPLACE = 1;
        nint old = Marshal.StringToCoTaskMemUTF8(from);
        nint name = Marshal.StringToCoTaskMemUTF8(to);
        try
        {
            // The kernel's order is (directory, old name, directory, new name, flags). Invoke takes a pointer as its fourth argument.
            return SystemCall.Invoke(SystemCall.RenameAt, AT_FDCWD, old, AT_FDCWD, (void*)name, RENAME_NOREPLACE, 0) == 0;
        }
        finally
        {
            Marshal.FreeCoTaskMem(old);
            Marshal.FreeCoTaskMem(name);
        }
    }

    /// <summary>Returns EINVAL on a kernel before 5.14, too.</summary>
    public override int Populate(byte* address, long length) =>
        Advise(address, (nuint)length, MADV_POPULATE_WRITE) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(int oldDirectory, string oldPath, int newDirectory, string newPath, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, Flock* range);

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(void* address, nuint length, int advice);

    /// <summary>Returns the error number instead of setting it.</summary>
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Allocate(int descriptor, long offset, long length);

    /// <summary>struct flock of a 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Flock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}
