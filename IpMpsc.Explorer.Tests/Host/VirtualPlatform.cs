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

    /// <summary>Like io_uring: it identifies words by their pages, even after the process that had them watched has unmapped them.</summary>
    private sealed class VirtualWatch : WordWatch
    {
        private readonly Interruption _interruption = new();
        private readonly List<(nint Word, uint Raised, ulong Id)> _watched = [];

        public override bool IsOfThisThread => true;

        public override void Watch(WaitWord word, uint raised, ulong id) =>
            _watched.Add((SharedMemory.Canonical((nint)word.Address), raised, id));

        public override bool TryTakeFired(out ulong id)
        {
            for (int index = 0; index < _watched.Count; index++)
            {
                (nint word, uint raised, id) = _watched[index];
                if ((uint)Hook.Load(word, sizeof(uint)) != raised)
                {
                    _watched.RemoveAt(index);
                    return true;
                }
            }

            id = 0;
            return false;
        }

        public override void Sleep(TimeSpan limit)
        {
            Hook.Park(
                [.. _watched.Select(static watched => watched.Word)], [.. _watched.Select(static watched => watched.Raised)], limit, _interruption);
            _interruption.IsSet = false;
        }

        public override void Interrupt() => Hook.Interrupt(_interruption);

        public override void Dispose()
        {
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
