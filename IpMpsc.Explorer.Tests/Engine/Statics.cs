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
}
