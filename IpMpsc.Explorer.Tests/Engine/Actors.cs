using System.Globalization;
using System.Numerics;

namespace Exploring.Engine;

/// <summary>
/// Numbers of the actors that take steps: 0 to 15 are threads, 16 to 31 the memory behind their store buffers, 32 to 47
/// interruptions of processes, and those from 48 on let a later store leave a buffer before the first. A set of actors is a bit mask.
/// </summary>
internal static class Actors
{
    public const int MostThreads = 16;
    public const int Memory = MostThreads;
    public const int Interruption = 2 * MostThreads;
    public const int Overtaking = 3 * MostThreads;
    public const int Count = 4 * MostThreads;

    public static bool IsThread(int actor) => actor < Memory;

    public static bool IsMemory(int actor) => actor is (>= Memory and < Interruption) or >= Overtaking;

    public static bool IsInterruption(int actor) => actor is >= Interruption and < Overtaking;

    /// <summary>The thread itself, or the thread whose stores it lets leave.</summary>
    public static int ThreadOf(int actor) => actor % MostThreads;

    public static ulong Bit(int actor) => 1UL << actor;

    public static int First(ulong actors) => BitOperations.TrailingZeroCount(actors);

    /// <summary>The name in schedules: T0, M0, K0, O0.</summary>
    public static string NameOf(int actor) => $"{"TMKO"[actor / MostThreads]}{actor % MostThreads}";

    public static int Parse(string name) => int.Parse(name[1..], CultureInfo.InvariantCulture) + ("TMKO".IndexOf(name[0]) * MostThreads);
}
