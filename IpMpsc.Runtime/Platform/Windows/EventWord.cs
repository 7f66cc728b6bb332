using System.Runtime.Versioning;
using IpMpsc.Layout;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>
/// A wait word on a named event. An event that was set stays set until a sleeper has come, so a wake-up
/// between a sleeper's look at the word and its sleep is kept.
/// </summary>
/// <remarks>
/// <para>The receiver sleeps alone: its event resets itself when it wakes it. One that was set for a sleep
/// which ended by itself costs the next sleep an early return.</para>
/// <para>Senders must all be woken, so theirs stays set, and wakes whoever comes, until somebody else wants
/// to sleep: each sleeper resets it first and looks at the word then. Whoever lowers the word after that
/// look sets the event after the reset. If the word has been lowered before, the event that was reset may have
/// been set for another sleeper, so it is set again. The model in spec/wakeup.pml has this as EVENTS.</para>
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe class EventWord(uint* word, WaitWordName name) : WaitWord(word)
{
    private readonly EventWaitHandle _event = NamedEvent.Open(name);

    /// <summary>The event, for who sleeps on many.</summary>
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
