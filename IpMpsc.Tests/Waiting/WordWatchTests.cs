using System.Runtime.InteropServices;
using IpMpsc.Platform;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>
/// What the system's watch of words promises. Every sleep here is without a limit, so a word that does not fire is not found by a later look.
/// </summary>
[Platform("Linux", Reason = "io_uring")]
[CancelAfter(60_000)]
public sealed unsafe class WordWatchTests
{
    /// <summary>Odd, as the word of somebody who sleeps is.</summary>
    private const uint Raised = 7;

    private static readonly TimeSpan s_forEver = TimeSpan.MaxValue;

    private readonly List<WaitWord> _words = [];
    private WordWatch _watch = null!;
    private uint* _memory;

    [SetUp]
    public void Open()
    {
        if (HostPlatform.Current.Describe().Shortcomings.Any(static text => text.Contains("io_uring") || text.Contains("IPMPSC_WAIT")))
        {
            Assert.Ignore("The system has no io_uring that waits for futexes, or refuses it.");
        }

        _watch = HostPlatform.Current.TryOpenWordWatch()!;
        Assert.That(_watch, Is.Not.Null);
    }

    [TearDown]
    public void Close()
    {
        _watch?.Dispose();
        _words.ForEach(static word => word.Dispose());
        _words.Clear();
        NativeMemory.Free(_memory);
        _memory = null;
    }

    /// <summary>More words than can be handed over at once, and than can have fired before any is taken.</summary>
    [TestCase(1), TestCase(255), TestCase(256), TestCase(257), TestCase(10_000)]
    public void EachWordFiresOnce(int count)
    {
        WatchAll(count);
        HashSet<ulong> fired = [];
        WakeFrom(0, count / 2); // Partly before they are handed over.
        Assert.That(count == 1 || _watch.TryTakeFired(out ulong first) && fired.Add(first));
        WakeFrom(count / 2, count);
        while (fired.Count < count)
        {
            _watch.Sleep(s_forEver);
            while (_watch.TryTakeFired(out ulong id))
            {
                Assert.That(fired.Add(id), $"{id} has fired twice.");
            }
        }

        Assert.That(_watch.TryTakeFired(out _), Is.False);
    }

    /// <summary>A thread that always finds something does not sleep; its words fire all the same.</summary>
    [Test]
    public void WordsFireWithoutASleep()
    {
        WatchAll(2);
        WakeFrom(0, 1);
        Assert.That(AwaitFired(), Is.EqualTo(1));
        _watch.Watch(_words[0], Raised + 1, 3); // Has this value now.
        Assert.That(_watch.TryTakeFired(out _), Is.False);
        WakeFrom(1, 2);
        Assert.That(AwaitFired(), Is.EqualTo(2));
    }

    [Test]
    public void WordThatWasLoweredBeforeFiresAtOnce()
    {
        WatchAll(1);
        ++*_words[0].Address;
        _watch.Sleep(s_forEver);
        Assert.That(_watch.TryTakeFired(out ulong id) && id == 1);
    }

    /// <summary>Before a sleep and in it, again and again; and words are still watched after that.</summary>
    [Test]
    public void InterruptionEndsEachSleep()
    {
        WatchAll(1);
        for (int round = 0; round < 100; round++)
        {
            _watch.Interrupt();
            Sleep();
            Task interrupting = Background.Run(_watch.Interrupt);
            Sleep();
            interrupting.Finish("The interruption");
        }

        WakeFrom(0, 1);
        Assert.That(AwaitFired(), Is.EqualTo(1));

        void Sleep()
        {
            _watch.Sleep(s_forEver);
            Assert.That(_watch.TryTakeFired(out _), Is.False);
        }
    }

    [Test]
    public void SleepEndsAtItsLimit()
    {
        WatchAll(1);
        _watch.Sleep(TimeSpan.FromMilliseconds(1));
        Assert.That(_watch.TryTakeFired(out _), Is.False);
    }

    private ulong AwaitFired()
    {
        ulong id;
        while (!_watch.TryTakeFired(out id))
        {
            Thread.Yield();
        }

        return id;
    }

    /// <summary>Watches so many words. Their ids begin with 1.</summary>
    private void WatchAll(int count)
    {
        _memory = (uint*)NativeMemory.Alloc((nuint)count, sizeof(uint));
        for (int index = 0; index < count; index++)
        {
            _memory[index] = Raised;
            _words.Add(HostPlatform.Current.OpenWaitWord(_memory + index, new WaitWordName(Guid.NewGuid(), IsShared: false)));
            _watch.Watch(_words[index], Raised, (ulong)index + 1);
        }
    }

    private void WakeFrom(int first, int end)
    {
        for (int index = first; index < end; index++)
        {
            ++*_words[index].Address;
            _words[index].Wake();
        }
    }
}
