using System.Runtime.InteropServices;

namespace IpMpsc.Platform.Linux;

/// <summary>
/// System calls that some C library does not wrap, or wraps with structures of its own. Calling them by number makes
/// glibc, musl and bionic alike.
/// </summary>
internal static unsafe partial class SystemCall
{
    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => false,
        Architecture.Arm64 => true,
        var other => throw new PlatformNotSupportedException($"IpMpsc knows the system calls of x64 and Arm64, not of {other}."),
    };

    public static nint Futex => s_arm ? 98 : 202;

    public static nint Membarrier => s_arm ? 283 : 324;

    /// <summary>fallocate.</summary>
    public static nint Allocate => s_arm ? 47 : 285;

    /// <summary>statfs, by path.</summary>
    public static nint Statfs => s_arm ? 43 : 137;

    /// <summary>fstatfs, by descriptor.</summary>
    public static nint StatfsOfDescriptor => s_arm ? 44 : 138;

    public static nint Statx => s_arm ? 291 : 332;

    /// <summary>newfstatat.</summary>
    public static nint Fstatat => s_arm ? 79 : 262;

    /// <summary>renameat2, which takes flags.</summary>
    public static nint RenameAt => s_arm ? 276 : 316;

    /// <summary>The same number on every architecture, as for all calls since 2019 and so for those below.</summary>
    public static nint FutexWaitV => 449;

    /// <summary>io_uring_setup.</summary>
    public static nint RingSetup => 425;

    /// <summary>io_uring_enter.</summary>
    public static nint RingEnter => 426;

    /// <summary>io_uring_register.</summary>
    public static nint RingRegister => 427;

    /// <summary>Returns -1, with the last P/Invoke error set, if the kernel refuses.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Invoke(nint number, nint a, nint b, nint c, void* d, nint e, nint f);
}
