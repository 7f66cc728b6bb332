using System.Reflection;

namespace Exploring.Engine;

/// <summary>What the library keeps for a process, and what so would leak from run to run.</summary>
internal static class Statics
{
    private static readonly FieldInfo s_loops = typeof(IpMpsc.Waiting.WaiterThreads)
        .GetField("s_loops", BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly FieldInfo s_gate = typeof(IpMpsc.Waiting.WaiterThreads)
        .GetField("s_gate", BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Reset()
    {
        s_loops.SetValue(null, Array.Empty<IpMpsc.Waiting.WaitLoop>());
        ((Lock)s_gate.GetValue(null)!).Forget();
    }

    /// <summary>Each loop has as many places taken as it has waits.</summary>
    public static void CheckLoops()
    {
        foreach (object loop in (Array)s_loops.GetValue(null)!)
        {
            int taken = Field<int>(loop, "_taken");
            int waits = Field<List<IpMpsc.Waiting.PendingWait>>(loop, "_waits").Count + Field<List<IpMpsc.Waiting.PendingWait>>(loop, "_joining").Count;
            if (taken != waits)
            {
                throw new ExplorationFailure($"A loop with {waits} waits has {taken} places taken.");
            }
        }
    }

    private static T Field<T>(object of, string name) =>
        (T)of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(of)!;
}
