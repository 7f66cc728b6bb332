using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IpMpsc.Tests.Peer.Processes;

/// <summary>A seccomp filter for the calling thread, the threads that it starts and the programs that it executes.</summary>
public static unsafe partial class SystemCallFilter
{
    private const int PR_SET_SECCOMP = 22;
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const nuint SECCOMP_MODE_FILTER = 2;
    private const uint SECCOMP_RET_ERRNO = 0x0005_0000;

    // struct seccomp_data: the call's number, and the low half of its second argument.
    private const uint Number = 0;
    private const uint SecondArgument = 24;

    /// <summary>Makes the kernel refuse a call from now on.</summary>
    /// <param name="number">The number of the call.</param>
    /// <param name="secondArgument">Only calls with this second argument; null for all.</param>
    /// <param name="error">The error that the call returns.</param>
    /// <exception cref="Win32Exception">No filter can be set here.</exception>
    public static void Refuse(uint number, uint? secondArgument, int error)
    {
        FilterInstruction[] program =
        [
            new(FilterInstruction.LoadWord, 0, 0, Number),
            new(FilterInstruction.JumpIfEqual, 0, (byte)(secondArgument is null ? 1 : 3), number), // Jumps to the last one if it is another call.
            .. secondArgument is { } argument
                ? [new(FilterInstruction.LoadWord, 0, 0, SecondArgument), new(FilterInstruction.JumpIfEqual, 0, 1, argument)]
                : (FilterInstruction[])[],
            new(FilterInstruction.Return, 0, 0, SECCOMP_RET_ERRNO | (uint)error),
            new(FilterInstruction.Return, 0, 0, FilterInstruction.Allow),
        ];
        fixed (FilterInstruction* first = program)
        {
            FilterProgram whole = new() { Length = (ushort)program.Length, Instructions = first };
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
}
