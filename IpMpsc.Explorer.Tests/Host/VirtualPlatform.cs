using Exploring.Engine;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace Exploring.Host;

/// <summary>The system on which explored participants run.</summary>
internal sealed unsafe class VirtualPlatform : HostPlatform
{
    /// <summary>Publishers fence, and sleepers issue no barrier: as on Windows and macOS, and on Linux without membarrier.</summary>
    public static bool Fences { get; set; }

    public override SegmentStore Segments => Run.Current!.Files;

    public override AsymmetricBarrier Barrier => Fences ? new FullFences() : new VirtualBarrier();

    public override WakeMechanism WakeMechanism => WakeMechanism.Futex;

    /// <summary>With one processor, participants do not poll: polls are steps that change nothing.</summary>
    public override int ProcessorCount => 1;

    public override WaitWord OpenWaitWord(uint* word, WaitWordName name) => new VirtualWord(word);

    public override WaitGroup OpenWaitGroup() => new VirtualGroup();

    public override WordWatch TryOpenWordWatch() => new VirtualWatch();

    public override void InterruptOwnProcess(bool kill) => throw new NotSupportedException();

    /// <summary>Like membarrier: drains the stores of every process.</summary>
    private sealed class VirtualBarrier : AsymmetricBarrier
    {
        public override bool PublisherMustFence => false;

        public override bool TryIssue()
        {
            Hook.Barrier(ofProcess: false);
            return true;
        }
    }

    /// <summary>Like a futex.</summary>
    private sealed class VirtualWord(uint* word) : WaitWord(word)
    {
        public override void Sleep(uint raised, TimeSpan limit) => Hook.Park([(nint)Address], [raised], limit, null);

        public override void Wake() => Hook.Wake((nint)Address);

        public override void Dispose()
        {
        }
    }

    /// <summary>Like futex_waitv with a word of its own.</summary>
    private sealed class VirtualGroup : WaitGroup
    {
        private readonly Interruption _interruption = new();

        public override int Capacity => 127;

        public override void Sleep(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised, TimeSpan limit)
        {
            nint[] addresses = new nint[words.Length];
            for (int index = 0; index < words.Length; index++)
            {
                addresses[index] = (nint)words[index].Address;
            }

            Hook.Park(addresses, raised.ToArray(), limit, _interruption);
            _interruption.IsSet = false;
        }

        public override void Interrupt() => Hook.Interrupt(_interruption);
    }

    /// <summary>
    /// Like io_uring: it identifies words by their pages, even after the process that had them watched has unmapped them. It compares a word with its value
    /// when the word is handed over, and from then on only a wake-up makes it fire.
    /// </summary>
    private sealed class VirtualWatch : WordWatch
    {
        private readonly Interruption _interruption = new();
        private readonly List<(nint Word, uint Raised, ulong Id)> _submitted = [];
        private readonly List<(nint Word, ulong Id)> _watched = [];
        private readonly Queue<ulong> _fired = [];

        public VirtualWatch() => Run.Current!.Watches.Add(Fire);

        public override bool IsOfThisThread => true;

        public override void Watch(WaitWord word, uint raised, ulong id) =>
            _submitted.Add((SharedMemory.Canonical((nint)word.Address), raised, id));

        public override bool TryTakeFired(out ulong id)
        {
            HandOver();
            foreach ((nint word, _) in _watched.ToArray())
            {
                Hook.Load(word, sizeof(uint)); // A step, whose place among the wake-ups of the word matters.
            }

            return _fired.TryDequeue(out id);
        }

        public override void Sleep(TimeSpan limit)
        {
            HandOver();
            _interruption.IsSet |= _fired.Count > 0;
            nint[] words = [.. _watched.Select(static watched => watched.Word)];
            Hook.Park(words, [.. words.Select(static word => (uint)SharedMemory.Read(word, sizeof(uint)))], limit, _interruption);
            _interruption.IsSet = false;
        }

        public override void Interrupt() => Hook.Interrupt(_interruption);

        public override void Dispose() => Run.Current!.Watches.Remove(Fire);

        private void HandOver()
        {
            foreach ((nint word, uint raised, ulong id) in _submitted)
            {
                if ((uint)Hook.Load(word, sizeof(uint)) == raised)
                {
                    _watched.Add((word, id));
                }
                else
                {
                    _fired.Enqueue(id);
                }
            }

            _submitted.Clear();
        }

        private void Fire(nint word)
        {
            foreach ((nint watched, ulong id) in _watched.Where(watched => watched.Word == word).ToArray())
            {
                _watched.Remove((watched, id));
                _fired.Enqueue(id);
                _interruption.IsSet = true; // Also between the decision to sleep and the sleep.
            }
        }
    }
}

/// <summary>The word by which a group of waits is interrupted. Only its own process sees it.</summary>
internal sealed class Interruption
{
    private static nint s_last = unchecked((nint)0x7900_0000_0000_0000);

    public nint Address { get; } = s_last += 16;

    public bool IsSet { get; set; }
}
