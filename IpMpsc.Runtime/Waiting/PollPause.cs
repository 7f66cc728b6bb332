using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace IpMpsc.Waiting;

/// <summary>The pause between two looks at a word that another processor is about to write.</summary>
/// <remarks>
/// Without a pause, the poller takes the cache line away between two stores of the writer; with a long one, it finds out late.
/// <see cref="Thread.SpinWait"/> takes 40 to 60 ns for its shortest pause, more than a cache line needs from one core to another.
/// A pause instruction takes from 3 ns on older x64 processors to 45 ns on newer ones, so it is measured once.
/// </remarks>
internal static class PollPause
{
    /// <summary>How long a pause should be, in nanoseconds. It is as close to that as one instruction or more can come.</summary>
    private const double Wanted = 20;

    /// <summary>Pause instructions that are timed at once.</summary>
    private const int Timed = 64;

    /// <summary>The longest pause, in instructions, whatever was measured.</summary>
    private const int Most = 8;

    private static readonly int s_instructions = X86Base.IsSupported ? Count(TimeOfOne()) : 0;

    /// <summary>Pauses once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take()
    {
        if (!X86Base.IsSupported)
        {
            Thread.SpinWait(1);
            return;
        }

        for (int instruction = s_instructions; instruction > 0; instruction--)
        {
            X86Base.Pause();
        }
    }

    /// <summary>How many instructions of so many nanoseconds make a pause.</summary>
    public static int Count(double nanoseconds) => (int)Math.Clamp(Math.Round(Wanted / nanoseconds), 1, Most);

    /// <summary>The time of a pause instruction in nanoseconds: the least of a few measurements, because the thread may be interrupted.</summary>
    private static double TimeOfOne()
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int instruction = 0; instruction < Timed; instruction++)
            {
                X86Base.Pause();
            }

            least = Math.Min(least, Stopwatch.GetTimestamp() - start);
        }

        return least * 1e9 / Stopwatch.Frequency / Timed;
    }
}
