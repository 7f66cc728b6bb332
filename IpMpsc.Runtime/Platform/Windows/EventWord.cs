using System.Runtime.Versioning;
using IpMpsc.Layout;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// A wait word on a named event. An event stays set until a sleeper consumes it, so a wake-up between a sleeper's look
/// at the word and its sleep is not lost.
/// </summary>
/// <remarks>
/// <para>The receiver sleeps alone: its event resets itself when it wakes the receiver. If the event was set for a
/// sleep that had already ended, the next sleep returns early.</para>
/// <para>A wake-up must reach every sender, so their event stays set until the next sender wants to sleep. Each sleeper
/// first resets the event and then looks at the word. A waker that lowers the word after that look sets the event
/// after the reset. If the word was lowered before, the event may have been set for another sleeper, so this sleeper
/// sets it again. The model in spec/wakeup.pml has this as EVENTS.</para>
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe class EventWord(uint* word, WaitWordName name) : WaitWord(word)
{
    private readonly EventWaitHandle _event = NamedEvent.Open(name);

    /// <summary>The event, for a thread that sleeps on many.</summary>
    public SafeWaitHandle Handle => _event.SafeWaitHandle;

    public override void Sleep(uint raised, TimeSpan limit)
    {
        if (MaySleep(raised))
        {
            Kernel32.Wait(Handle, Milliseconds(limit));
        }
    }

    /// <summary>The last look before the sleep: false if the word was lowered.</summary>
    public bool MaySleep(uint raised)
    {
        if (!name.IsShared)
        {
            return SharedWord.LoadSignal(Address) == raised;
        }

        ResetEvent(Handle);
        Interlocked.MemoryBarrier(); // A system call need not order the look that follows.
        if (SharedWord.LoadSignal(Address) == raised)
        {
            return true;
        }

        SetEvent(Handle);
        return false;
    }

    public override void Wake() => SetEvent(Handle);

    public override void Dispose() => _event.Dispose();
}
