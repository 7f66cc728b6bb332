using System.ComponentModel;
using System.Runtime.InteropServices;
using static System.Runtime.InteropServices.Architecture;

namespace IpMpsc.Tests.Support;

/// <summary>
/// Runs a test's calls on a thread to which the kernel refuses one system call, as a container's filter or a file
/// system does: a seccomp filter, which ends with its thread.
/// </summary>
internal static unsafe partial class RefusedCall
{
    private const int EPERM = 1;
    private const int EIO = 5;
    private const int EAGAIN = 11;
    private const int ENOLCK = 37;

    private const int PR_SET_SECCOMP = 22;
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const nuint SECCOMP_MODE_FILTER = 2;
    private const uint SECCOMP_RET_ERRNO = 0x0005_0000;
    private const uint SECCOMP_RET_ALLOW = 0x7FFF_0000;

    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;

    // struct seccomp_data: the call's number, and the low half of its second argument.
    private const uint Number = 0;
    private const uint SecondArgument = 24;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Arm64;

    /// <summary>Without locks of open file descriptions, as on a file system that has none.</summary>
    public static void WithoutLocks(Action calls) => Run(number: IsArm ? 25u : 72u, secondArgument: 37, ENOLCK, calls);

    /// <summary>Without statx, as under a filter that is older than the call.</summary>
    public static void WithoutStatx(Action calls) => Run(number: IsArm ? 291u : 332u, secondArgument: null, EPERM, calls);

    /// <summary>Without hard links, as Android's apps are: neither link, which Arm64 does not have, nor linkat.</summary>
    public static void WithoutLinks(Action calls) => Run(
        () =>
        {
            Refuse(number: IsArm ? 37u : 86u, secondArgument: null, EPERM);
            Refuse(number: IsArm ? 37u : 265u, secondArgument: null, EPERM);
        },
        calls);

    /// <summary>Without files in any directory that could be listed, as on a disk that fails.</summary>
    public static void WithoutListing(Action calls) => Run(number: IsArm ? 61u : 217u, secondArgument: null, EIO, calls);

    /// <summary>Without the right to remove a name, as in a directory that became read-only.</summary>
    public static void WithoutRemoval(Action calls) => Run(number: IsArm ? 35u : 87u, secondArgument: null, EPERM, calls);

    /// <summary>Without new threads, as where a user may have no more of them: neither clone3 nor clone.</summary>
    public static void WithoutThreads(Action calls) => Run(
        () =>
        {
            Refuse(number: 435, secondArgument: null, EAGAIN);
            Refuse(number: IsArm ? 220u : 56u, secondArgument: null, EAGAIN);
        },
        calls);

    private static void Run(uint number, uint? secondArgument, int error, Action calls) =>
        Run(() => Refuse(number, secondArgument, error), calls);

    private static void Run(Action refuse, Action calls)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                refuse();
                calls();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.That(thread.Join(Patience.Limit), "The calls have ended.");
        switch (failure)
        {
            case Win32Exception refused:
                Assert.Ignore($"No filter can be set here: {refused.Message}");
                break;
            case not null:
                throw new AssertionException(failure.ToString());
        }
    }

    private static void Refuse(uint number, uint? secondArgument, int error)
    {
        Instruction[] program =
        [
            new(LoadWord, 0, 0, Number),
            new(JumpIfEqual, 0, (byte)(secondArgument is null ? 1 : 3), number), // To the last one if it is another call.
            .. secondArgument is { } argument
                ? [new(LoadWord, 0, 0, SecondArgument), new(JumpIfEqual, 0, 1, argument)]
                : (Instruction[])[],
            new(Return, 0, 0, SECCOMP_RET_ERRNO | (uint)error),
            new(Return, 0, 0, SECCOMP_RET_ALLOW),
        ];
        fixed (Instruction* first = program)
        {
            Program whole = new() { Length = (ushort)program.Length, Instructions = first };
            Require(Control(PR_SET_NO_NEW_PRIVS, 1, null, 0, 0));
            Require(Control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole, 0, 0));
        }
    }

    private static void Require(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, void* b, nuint c, nuint d);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
