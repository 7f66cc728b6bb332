using System.Runtime.InteropServices;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Installs a filter of system calls and executes a new peer under it, as a container engine or systemd would.</summary>
internal static partial class FilteredCommand
{
    public const string Name = "filtered";

    private const int EPERM = 1;

    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static readonly Dictionary<string, uint> s_numbers = new()
    {
        ["membarrier"] = s_arm ? 283u : 324u,
        ["futex_waitv"] = 449u,
        ["statx"] = s_arm ? 291u : 332u,
        ["io_uring"] = 425u, // io_uring_setup: without a ring there is no other call to refuse.
    };

    public static void Run(Arguments arguments)
    {
        foreach (string call in arguments.NextWord("CALLS").Split(','))
        {
            SystemCallFilter.Refuse(s_numbers[call], null, EPERM);
        }

        string[] words = ["dotnet", "exec", typeof(FilteredCommand).Assembly.Location, .. arguments.Rest()];
        Execute("/usr/bin/env", ["env", .. words, null]);
        throw new InvalidOperationException($"The peer cannot be executed again: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Returns only if it fails. The other threads of this process end with it.</summary>
    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] words);
}
