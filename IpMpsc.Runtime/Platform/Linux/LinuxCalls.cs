using System.Runtime.InteropServices;
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

    private const int F_OFD_GETLK = 36;
    private const int F_OFD_SETLK = 37;
    private const short F_WRLCK = 1;
    private const short F_UNLCK = 2;

    private const int MADV_POPULATE_WRITE = 23;

    // The only flag here whose value differs between the two architectures.
    private static readonly int O_NOFOLLOW = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    public override int EAGAIN => 11;

    public override int ELOOP => 40;

    public override int CreateNew(string path, uint mode) => Open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

    public override int OpenExisting(string path, bool toRead) =>
        Open(path, (toRead ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);

    public override FileStatus? StatusOf(int descriptor) => Statx.OfDescriptor(descriptor);

    public override FileStatus? StatusOf(string path) => Statx.OfPath(path);

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

    public override bool TryRename(string from, string to)
    {
        // By number, because musl and old C libraries have no function for it.
        const int AT_FDCWD = -100;
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
