using System.ComponentModel;
using System.Runtime.InteropServices;
using IpMpsc.Tests.Peer.Processes;
using static System.Runtime.InteropServices.Architecture;

namespace IpMpsc.Tests.Support;

/// <summary>
/// Runs a test's calls on a thread to which the kernel refuses one system call, as a container's filter or a file
/// system does: a seccomp filter, which ends with its thread.
/// </summary>
internal static class RefusedCall
{
    private const int EPERM = 1;
    private const int EIO = 5;
    private const int EAGAIN = 11;
    private const int ENOLCK = 37;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Arm64;

    /// <summary>Without open file description locks, as on a file system that does not have them.</summary>
    public static void WithoutLocks(Action calls) => Run(number: IsArm ? 25u : 72u, secondArgument: 37, ENOLCK, calls);

    /// <summary>Without statx, as under a filter that is older than the call.</summary>
    public static void WithoutStatx(Action calls) => Run(number: IsArm ? 291u : 332u, secondArgument: null, EPERM, calls);

    /// <summary>Without hard links, as in Android apps: neither linkat nor link, which Arm64 does not have.</summary>
    public static void WithoutLinks(Action calls) => Run(
        () =>
        {
            Refuse(number: IsArm ? 37u : 86u, secondArgument: null, EPERM);
            Refuse(number: IsArm ? 37u : 265u, secondArgument: null, EPERM);
        },
        calls);

    /// <summary>Without listing directories, as on a failing disk.</summary>
    public static void WithoutListing(Action calls) => Run(number: IsArm ? 61u : 217u, secondArgument: null, EIO, calls);

    /// <summary>Without the right to remove a name, as in a directory that became read-only.</summary>
    public static void WithoutRemoval(Action calls) => Run(number: IsArm ? 35u : 87u, secondArgument: null, EPERM, calls);

    /// <summary>Without new threads, as when a user has reached the limit: neither clone3 nor clone.</summary>
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
        Assert.That(thread.Join(Patience.Limit), "The calls did not end.");
        switch (failure)
        {
            case Win32Exception refused:
                Assert.Ignore($"No seccomp filter can be installed here: {refused.Message}");
                break;
            case not null:
                throw new AssertionException(failure.ToString());
        }
    }

    private static void Refuse(uint number, uint? secondArgument, int error) => SystemCallFilter.Refuse(number, secondArgument, error);
}
