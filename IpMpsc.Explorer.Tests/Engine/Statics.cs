using System.Reflection;

namespace Exploring.Engine;

/// <summary>The static state of the library. Each process of a run has its own, and it does not leak from run to run.</summary>
internal static class Statics
{
    private static VirtualProcess? s_process; // The process that they belong to now.

    private static readonly FieldInfo s_loops = typeof(IpMpsc.Waiting.WaiterThreads)
        .GetField("s_loops", BindingFlags.Static | BindingFlags.NonPublic)!;

    private static readonly FieldInfo s_gate = typeof(IpMpsc.Waiting.WaiterThreads)
        .GetField("s_gate", BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Reset()
    {
        Enter(null);
        ((Lock)s_gate.GetValue(null)!).Forget();
    }

    /// <summary>Switches to the statics of this process.</summary>
    public static void Enter(VirtualProcess? process)
    {
        if (process != s_process)
        {
            s_process?.Loops = (IpMpsc.Waiting.WaitLoop[])s_loops.GetValue(null)!;
            s_loops.SetValue(null, process?.Loops ?? []);
            s_process = process;
        }
    }

    /// <summary>Requires that each loop has as many places taken as it has waits.</summary>
    public static void CheckLoops(IEnumerable<VirtualProcess> processes)
    {
        Enter(null);
        foreach (IpMpsc.Waiting.WaitLoop loop in processes.SelectMany(static process => process.Loops))
        {
            int taken = Field<int>(loop, "_taken");
            int waits = Field<List<IpMpsc.Waiting.PendingWait>>(loop, "_waits").Count + Field<List<IpMpsc.Waiting.PendingWait>>(loop, "_joining").Count;
            if (taken != waits)
            {
                throw new ExplorationFailure($"{taken} places of a loop with {waits} waits are taken.");
            }
        }
    }

    private static T Field<T>(object of, string name) =>
        (T)of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(of)!;
}
