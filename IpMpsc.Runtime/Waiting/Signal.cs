using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Waiting;

/// <summary>
/// One of the two words on which one side sleeps, and at which the other side looks after it has published something.
/// The side that goes to sleep pays for the order of these steps; the side that runs pays nothing. See
/// <see cref="AsymmetricBarrier"/> and the model in spec/wakeup.pml.
/// </summary>
internal sealed unsafe class Signal(uint* word, WaitWordName name) : IDisposable
{
    /// <summary>How long a sleeper may sleep if nothing orders the stores of the other side.</summary>
    private static readonly TimeSpan s_unorderedSleep = TimeSpan.FromMilliseconds(1);

    private readonly WaitWord _waitWord = HostPlatform.Current.OpenWaitWord(word, name);
    private bool _publisherMustFence = HostPlatform.Current.Barrier.PublisherMustFence;
    private long _wakeUps;
    private volatile bool _isWatched;

    /// <summary>
    /// Announces a sleeper; <see cref="OrderAnnouncements"/> follows. The caller then checks its condition once more: a thread
    /// that makes it true from then on sees the word raised.
    /// </summary>
    /// <returns>The value on which the caller sleeps.</returns>
    public uint Announce()
    {
        CrashPoint.Before("wait.raise");
        return SharedWord.RaiseSignal(word);
    }

    /// <summary>Orders the announcements of this thread, on any number of words, before what it looks at next.</summary>
    /// <returns>How long the caller may sleep at most.</returns>
    public static TimeSpan OrderAnnouncements()
    {
        Interlocked.MemoryBarrier();
        CrashPoint.Before("wait.barrier");
        return HostPlatform.Current.Barrier.TryIssue() ? TimeSpan.MaxValue : s_unorderedSleep;
    }

    /// <summary>How often this process has woken the other side here.</summary>
    public long WakeUps => Volatile.Read(ref _wakeUps);

    /// <summary>The operating system's part: what a thread sleeps on.</summary>
    public WaitWord Word => _waitWord;

    /// <summary>
    /// Whether a <see cref="SignalWatch"/> of this process watches the word. Set before the word is raised for it.
    /// </summary>
    public bool IsWatched
    {
        get => _isWatched;
        set => _isWatched = value;
    }

    /// <summary>Withdraws the announcement. Only for a word on which no other thread sleeps.</summary>
    public void Lower()
    {
        CrashPoint.Before("wait.lower");
        if (SharedWord.TryLowerSignal(word) && _isWatched)
        {
            _waitWord.Wake(); // The announcement was that of the watch, too, for which nobody would wake it now.
        }
    }

    /// <summary>Makes a watch of the word fire. To be called before the word is unmapped.</summary>
    public void Unwatch()
    {
        if (_isWatched)
        {
            Lower();
        }
    }

    /// <summary>Whether nobody has lowered the word since it was raised to this value.</summary>
    public bool IsRaisedAs(uint raised) => SharedWord.LoadSignal(word) == raised;

    /// <summary>To be called after a publication: wakes the other side if it sleeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WakeIfRaised()
    {
        if (_publisherMustFence)
        {
            Fence();
        }

        CrashPoint.Before("wake.check");
        if (SharedWord.IsRaised(SharedWord.LoadSignal(word)))
        {
            Wake();
        }
    }

    /// <summary>Wakes all sleepers, for a publication, a cancellation or the end of the channel.</summary>
    /// <remarks>
    /// The models distinguish the reasons: STEP cancel.exchange and STEP cancel.wake, STEP dispose.exchange
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

    /// <summary>Orders a publication before the look at the word, and notes whether the next one still needs that.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fence()
    {
        Interlocked.MemoryBarrier(); // STEP commit.fence, STEP release.fence
        _publisherMustFence = HostPlatform.Current.Barrier.PublisherMustFence;
    }
}
