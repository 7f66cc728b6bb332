using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Waiting;

/// <summary>
/// One of the two words on which one side sleeps and which the other side looks at after it has
/// published something. The side that goes to sleep pays for the order of things, the side that runs
/// does not: see <see cref="AsymmetricBarrier"/> and the model in spec/wakeup.pml.
/// </summary>
internal sealed unsafe class Signal(uint* word, WaitWordName name) : IDisposable
{
    /// <summary>How long a sleeper may sleep if nothing orders the other side's stores.</summary>
    private static readonly TimeSpan s_unorderedSleep = TimeSpan.FromMilliseconds(1);

    private readonly WaitWord _waitWord = HostPlatform.Current.OpenWaitWord(word, name);
    private readonly bool _publisherMustFence = HostPlatform.Current.Barrier.PublisherMustFence;
    private long _wakeUps;

    /// <summary>
    /// Announces a sleeper. The caller checks its condition once more afterwards: whoever makes it
    /// true from then on sees the word raised.
    /// </summary>
    /// <param name="raised">What to hand to <see cref="Sleep"/>.</param>
    /// <returns>How long the caller may sleep at most.</returns>
    public TimeSpan Raise(out uint raised)
    {
        raised = Announce();
        return OrderAnnouncements();
    }

    /// <summary>The first half of <see cref="Raise"/>, for a thread that sleeps on many words and orders them together.</summary>
    /// <returns>The value on which the caller sleeps.</returns>
    public uint Announce()
    {
        CrashPoint.Before("wait.raise");
        return SharedWord.RaiseSignal(word);
    }

    /// <summary>The second half: orders the announcements of this thread before what it looks at next.</summary>
    /// <returns>How long the caller may sleep at most.</returns>
    public static TimeSpan OrderAnnouncements()
    {
        Interlocked.MemoryBarrier();
        CrashPoint.Before("wait.barrier");
        return HostPlatform.Current.Barrier.TryIssue() ? TimeSpan.MaxValue : s_unorderedSleep;
    }

    /// <summary>How often this process has woken the other side here.</summary>
    public long WakeUps => Volatile.Read(ref _wakeUps);

    /// <summary>The operating system's part, for who sleeps on many.</summary>
    public WaitWord Word => _waitWord;

    /// <summary>Withdraws the announcement; only where at most one thread sleeps on the word.</summary>
    public void Lower()
    {
        CrashPoint.Before("wait.lower");
        SharedWord.TryLowerSignal(word);
    }

    /// <summary>Sleeps until woken since <see cref="Raise"/>, at most for <paramref name="limit"/>; may return early for no reason.</summary>
    public void Sleep(uint raised, TimeSpan limit)
    {
        CrashPoint.Before("wait.sleep");
        _waitWord.Sleep(raised, limit);
    }

    /// <summary>To be called after a publication: wakes the other side if it sleeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WakeIfRaised()
    {
        if (_publisherMustFence)
        {
            Interlocked.MemoryBarrier(); // STEP commit.fence, STEP release.fence
        }

        CrashPoint.Before("wake.check");
        if (SharedWord.IsRaised(SharedWord.LoadSignal(word)))
        {
            Wake();
        }
    }

    /// <summary>Wakes whoever sleeps, for a publication, a cancellation or the end of the channel.</summary>
    /// <remarks>
    /// The models tell the reasons apart: STEP cancel.exchange and STEP cancel.wake, STEP dispose.exchange
    /// and STEP dispose.wake, STEP retire.exchange and STEP retire.wake are these two steps.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Wake()
    {
        CrashPoint.Before("wake.exchange");
        if (SharedWord.TryLowerSignal(word))
        {
            CrashPoint.Before("wake.wake");
            Interlocked.Increment(ref _wakeUps);
            _waitWord.Wake();
        }
    }

    public void Dispose() => _waitWord.Dispose();
}
