using System.Runtime.Versioning;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>Waits for many events at once. One of the 64 events that Windows allows is ours, for interruptions.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class EventGroup : WaitGroup
{
    private readonly AutoResetEvent _interrupted = new(false);

    public override int Capacity => MAXIMUM_WAIT_OBJECTS - 1;

    public override void Sleep(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised, TimeSpan limit)
    {
        // The handles stay open: each word belongs to a wait that has not ended, and our own event to this object.
        nint* handles = stackalloc nint[MAXIMUM_WAIT_OBJECTS];
        handles[0] = _interrupted.SafeWaitHandle.DangerousGetHandle();
        for (int index = 0; index < words.Length; index++)
        {
            EventWord word = (EventWord)words[index];
            if (!word.MaySleep(raised[index]))
            {
                return;
            }

            handles[index + 1] = word.Handle.DangerousGetHandle();
        }

        WaitForAny(words.Length + 1, handles, all: 0, Milliseconds(limit));
        GC.KeepAlive(this);
    }

    public override void Interrupt() => _interrupted.Set();
}
