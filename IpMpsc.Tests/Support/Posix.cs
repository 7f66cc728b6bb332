using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IpMpsc.Tests.Support;

/// <summary>System calls that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int SIGINT = 2;
    public const int SIGTERM = 15;

    private const nuint MS_RDONLY = 1;

    public static void Signal(int processId, int signal) => Require(Kill(processId, signal), $"kill({processId}, {signal})");

    /// <summary>Restores the default action of a signal, for this process and those that it starts.</summary>
    public static void Heed(int signal) => _ = SetHandler(signal, 0);

    public static void MakeFifo(string path) => Require(MakeFifo(path, 0b110_000_000), $"mkfifo({path})");

    public static bool TryMountTmpfs(string directory, long size) => Mount("tmpfs", directory, "tmpfs", 0, $"size={size}") == 0;

    public static bool TryMountReadOnlyTmpfs(string directory) => Mount("tmpfs", directory, "tmpfs", MS_RDONLY, "size=1m") == 0;

    public static bool TryChangeOwner(string path, uint user) => ChangeOwner(path, user, user) == 0;

    public static void Unmount(string directory) => Require(UnmountNow(directory, 0), $"umount({directory})");

    /// <summary>
    /// Makes a call on a new thread that is another user to the kernel; the rest of the process keeps its user.
    /// The call must already have loaded what it needs of the runtime, which that user may not be able to read.
    /// </summary>
    /// <returns>False if this process may not become another user.</returns>
    public static bool TryRunAs(uint user, Action call)
    {
        bool became = false;
        Thread thread = new(() =>
        {
            became = SetUser(user) == 0;
            if (became)
            {
                call();
            }
        });
        thread.Start();
        thread.Join();
        return became;
    }

    /// <inheritdoc cref="TryRunAs(uint, Action)" />
    /// <param name="user">The user to become.</param>
    /// <param name="group">The only group of that user.</param>
    /// <param name="call">What to do.</param>
    public static bool TryRunAs(uint user, uint group, Action call)
    {
        bool isX64 = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64;
        bool became = false;
        Thread thread = new(() =>
        {
            // Calls of the kernel, for this thread alone: setgroups, setresgid, setresuid.
            became = SystemCall(isX64 ? 116 : 159, 0, 0, 0) == 0
                && SystemCall(isX64 ? 119 : 149, (nint)group, (nint)group, (nint)group) == 0
                && SetUser(user) == 0;
            if (became)
            {
                call();
            }
        });
        thread.Start();
        thread.Join();
        return became;
    }

    /// <summary>Takes a read lock on one byte, for which the file need not be open for writing. The lock ends with the open file description.</summary>
    public static unsafe bool TryLockToRead(SafeFileHandle file, long offset)
    {
        const int F_OFD_SETLK = 37;
        LockRange range = new() { Start = offset, Length = 1 }; // Type 0 is F_RDLCK.
        return Control((int)file.DangerousGetHandle(), F_OFD_SETLK, &range) == 0;
    }

    /// <summary>The group of a file.</summary>
    public static uint GroupOf(string path)
    {
        ProcessStartInfo stat = new("stat", ["-c", "%g", path]) { RedirectStandardOutput = true };
        using Process process = Process.Start(stat)!;
        return uint.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    /// <summary>The system call, because the C function of the same name changes every thread of the process.</summary>
    private static long SetUser(uint user) => SystemCall(
        RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? 117 : 147, -1, (nint)user, -1);

    private static void Require(int result, string call)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, nint real, nint effective, nint saved);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static unsafe partial int Control(int descriptor, int command, LockRange* range);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnmountNow(string target, int flags);

    /// <summary>struct flock of a 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LockRange
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}
