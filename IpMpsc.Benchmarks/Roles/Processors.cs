using System.Diagnostics;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Pins the thread that measures to one processor, if the system allows it.</summary>
internal static class Processors
{
    /// <summary>The processors that processes of the benchmark are spread over.</summary>
    public static int[] Available { get; } = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, 64))];

    /// <summary>Binds the main thread, or frees it if there is nothing to bind it to.</summary>
    public static void Bind(ReadOnlySpan<int> processors)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            nint mask = 0;
            foreach (int processor in processors.IsEmpty ? Available : processors)
            {
                mask |= (nint)1 << processor;
            }

            using Process self = Process.GetCurrentProcess();
            self.ProcessorAffinity = mask;
        }
    }
}
