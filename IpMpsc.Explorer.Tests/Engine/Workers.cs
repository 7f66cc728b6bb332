using System.Collections.Concurrent;

namespace Exploring.Engine;

/// <summary>Threads of the operating system that are reused for many runs, because starting one takes longer than most runs.</summary>
internal sealed class Workers
{
    private static readonly ConcurrentStack<Workers> s_idle = new();

    private readonly global::System.Threading.SemaphoreSlim _work = new(0);
    private VirtualThread? _thread;

    private Workers() =>
        new global::System.Threading.Thread(Work, 1 << 20) { IsBackground = true, Name = "explored" }.Start();

    /// <summary>Runs a thread of a run on an idle thread.</summary>
    public static void Start(VirtualThread thread)
    {
        Workers worker = s_idle.TryPop(out Workers? idle) ? idle : new Workers();
        worker._thread = thread;
        worker._work.Release();
    }

    private void Work()
    {
        _ = IpMpsc.Ring.ThreadToken.Current; // A thread gets its token once. It must not happen within a run, because runs must be alike.
        while (true)
        {
            _work.Wait();
            VirtualThread thread = _thread!;
            _thread = null;
            thread.Live(beforeLeaving: () => s_idle.Push(this));
        }
    }
}
