using System.Runtime.InteropServices;
using NUnit.Framework.Interfaces;

[assembly: IpMpsc.Tests.Support.WineFrames]

namespace IpMpsc.Tests.Support;

/// <summary>
/// Repairs what an exception that leaves a test breaks under wine 8. If it is rethrown from a catch block, as reflection
/// does, wine's own exception handlers of vanished stack frames stay in the thread's list, and the
/// next exception would run into them. This restores the list after each test. Does nothing elsewhere.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed unsafe partial class WineFramesAttribute : Attribute, ITestAction
{
    private static readonly bool s_isWine =
        OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll", out nint library)
        && NativeLibrary.TryGetExport(library, "wine_get_version", out _);

    private nint _first;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        if (s_isWine)
        {
            _first = *ThreadBlock();
        }
    }

    public void AfterTest(ITest test)
    {
        if (s_isWine)
        {
            *ThreadBlock() = _first;
        }
    }

    /// <summary>The thread's block, which begins with the address of the first handler.</summary>
    private static nint* ThreadBlock()
    {
        const nint CurrentThread = -2;
        const int BasicInformation = 0; // The exit status, then the address of the block, and more.
        nint* information = stackalloc nint[6];
        return Query(CurrentThread, BasicInformation, information, 6 * sizeof(nint), null) == 0
            ? (nint*)information[1]
            : throw new InvalidOperationException("Wine does not return the address of the thread's block.");
    }

    [LibraryImport("ntdll", EntryPoint = "NtQueryInformationThread")]
    private static partial int Query(nint thread, int what, void* buffer, int size, int* written);
}
