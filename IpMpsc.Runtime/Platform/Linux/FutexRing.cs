using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>
/// Watches futexes with io_uring(7), which can wait for a futex since Linux 6.7. Each word is one pending operation of
/// the kernel's. Completions are delivered only when the thread asks for them, so a word that fires interrupts no other
/// call of the thread.
/// </summary>
internal sealed unsafe class FutexRing : WordWatch
{
    // Both together take 28 KiB of what RLIMIT_MEMLOCK lets a user lock, which is 8 MiB today and was 64 KiB. More completions at once wait in
    // the kernel.
    private const uint Submissions = 256;
    private const uint Completions = 512;

    private const uint IORING_SETUP_CQSIZE = 1 << 3;
    private const uint IORING_SETUP_TASKRUN_FLAG = 1 << 9;
    private const uint IORING_SETUP_SINGLE_ISSUER = 1 << 12;
    private const uint IORING_SETUP_DEFER_TASKRUN = 1 << 13;
    private const uint IORING_SETUP_NO_SQARRAY = 1 << 16;
    private const uint IORING_ENTER_GETEVENTS = 1 << 0;
    private const uint IORING_ENTER_EXT_ARG = 1 << 3;
    private const uint IORING_SQ_CQ_OVERFLOW = 1 << 1;
    private const uint IORING_SQ_TASKRUN = 1 << 2;
    private const long IORING_OFF_SQES = 0x1000_0000;
    private const int IORING_REGISTER_PROBE = 8;
    private const byte IORING_OP_FUTEX_WAIT = 51;
    private const int ProbeHeader = 16;
    private const int ProbedOperations = 256;

    private const int FUTEX_WAKE_PRIVATE = 1 | 128;
    private const uint FUTEX2_SIZE_U32 = 2;
    private const uint FUTEX2_PRIVATE = 128;
    private const int ETIME = 62;

    private static bool s_isRefused;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly int _descriptor;
    private readonly byte* _ring;
    private readonly nuint _ringLength;
    private readonly Submission* _submissions;
    private readonly nuint _submissionsLength;
    private readonly uint* _submissionHead;
    private readonly uint* _submissionTail;
    private readonly uint* _flags;
    private readonly uint* _completionHead;
    private readonly uint* _completionTail;
    private readonly Completion* _completions;
    private readonly uint _completionMask;

    // Pinned: the kernel knows it by address. It is 0, or 1 after an interruption.
    private readonly int[] _interrupted = GC.AllocateArray<int>(1, pinned: true);
    private int _disposed;

    private FutexRing(int descriptor, in Parameters parameters)
    {
        _descriptor = descriptor;
        _ringLength = parameters.CompletionOffsets.Entries + (parameters.CompletionCount * (nuint)sizeof(Completion));
        _submissionsLength = parameters.SubmissionCount * (nuint)sizeof(Submission);
        _ring = (byte*)LibC.Map(null, _ringLength, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, descriptor, 0);
        _submissions = (Submission*)LibC.Map(
            null, _submissionsLength, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, descriptor, IORING_OFF_SQES);
        _submissionHead = (uint*)(_ring + parameters.SubmissionOffsets.Head);
        _submissionTail = (uint*)(_ring + parameters.SubmissionOffsets.Tail);
        _flags = (uint*)(_ring + parameters.SubmissionOffsets.Flags);
        _completionHead = (uint*)(_ring + parameters.CompletionOffsets.Head);
        _completionTail = (uint*)(_ring + parameters.CompletionOffsets.Tail);
        _completionMask = parameters.CompletionCount - 1;
        _completions = (Completion*)(_ring + parameters.CompletionOffsets.Entries);
    }

    ~FutexRing() => Dispose();

    /// <summary>Whether a watch can be opened now.</summary>
    public static bool IsAvailable
    {
        get
        {
            using FutexRing? ring = TryOpen();
            return ring is not null;
        }
    }

    public override bool IsOfThisThread => _thread == Thread.CurrentThread;

    /// <summary>Whether there are words that the kernel does not watch yet. A caller that always finds something never sleeps, which would hand them over.</summary>
    private bool HasSubmissions => *_submissionTail != Volatile.Read(ref *_submissionHead);

    private bool IsMapped => (nint)_ring != -1 && (nint)_submissions != -1;

    /// <summary>Opens a watch for the calling thread; null if the kernel does not have it, refuses it, or lacks room for it.</summary>
    public static FutexRing? TryOpen()
    {
        if (Volatile.Read(ref s_isRefused))
        {
            return null;
        }

        Parameters parameters = new()
        {
            Flags = IORING_SETUP_CQSIZE | IORING_SETUP_TASKRUN_FLAG | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN
                | IORING_SETUP_NO_SQARRAY,
            CompletionCount = Completions,
        };
        nint descriptor = SystemCall.Invoke(SystemCall.RingSetup, (nint)Submissions, (nint)(&parameters), 0, null, 0, 0);
        if (descriptor < 0)
        {
            // Without these, another attempt could succeed.
            bool mayPass = Marshal.GetLastPInvokeError() is LibC.EMFILE or LibC.ENFILE or LibC.ENOMEM;
            Volatile.Write(ref s_isRefused, !mayPass);
            return null;
        }

        if (!CanWaitForFutexes(descriptor))
        {
            Volatile.Write(ref s_isRefused, true);
            LibC.Close((int)descriptor);
            return null;
        }

        FutexRing ring = new((int)descriptor, parameters);
        if (!ring.IsMapped)
        {
            ring.Dispose();
            return null;
        }

        ring.WatchInterruption();
        return ring;
    }

    public override void Watch(WaitWord word, uint raised, ulong id) =>
        Submit((nint)word.Address, raised, FUTEX2_SIZE_U32, id);

    public override bool TryTakeFired(out ulong id)
    {
        bool hasAsked = false;
        while (true)
        {
            uint head = *_completionHead;
            if (head == Volatile.Read(ref *_completionTail))
            {
                id = 0;
                bool mayHaveFired = (Volatile.Read(ref *_flags) & (IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW)) != 0;
                if (hasAsked || (!mayHaveFired && !HasSubmissions))
                {
                    return false;
                }

                hasAsked = true;
                Enter(0, null);
                continue;
            }

            // Whatever the result is (woken, another value, the word's pages are gone): look again.
            id = _completions[head & _completionMask].Id;
            Volatile.Write(ref *_completionHead, head + 1);
            if (id != 0)
            {
                return true;
            }

            Interlocked.Exchange(ref _interrupted[0], 0);
            WatchInterruption();
        }
    }

    public override void Sleep(TimeSpan limit)
    {
        long* time = stackalloc long[2];
        time[0] = limit.Ticks / TimeSpan.TicksPerSecond;
        time[1] = limit.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
        if (!Enter(1, limit < TimeSpan.FromDays(1) ? time : null))
        {
            Thread.Sleep(1); // The kernel has no memory for one more operation: nothing else keeps it from answering.
        }
    }

    public override void Interrupt()
    {
        if (Interlocked.Exchange(ref _interrupted[0], 1) == 0)
        {
            SystemCall.Invoke(SystemCall.Futex, InterruptionAddress, FUTEX_WAKE_PRIVATE, 1, null, 0, 0);
            GC.KeepAlive(this);
        }
    }

    [SuppressMessage("Usage", "CA1816", Justification = "The finalizer calls it.")]
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            GC.SuppressFinalize(this);
            if ((nint)_ring != -1)
            {
                LibC.Unmap(_ring, _ringLength);
            }

            if ((nint)_submissions != -1)
            {
                LibC.Unmap(_submissions, _submissionsLength);
            }

            LibC.Close(_descriptor);
        }
    }

    private nint InterruptionAddress => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_interrupted));

    private void WatchInterruption() => Submit(InterruptionAddress, 0, FUTEX2_SIZE_U32 | FUTEX2_PRIVATE, id: 0);

    private void Submit(nint address, uint value, uint flags, ulong id)
    {
        while (*_submissionTail - Volatile.Read(ref *_submissionHead) == Submissions)
        {
            if (!Enter(0, null))
            {
                Thread.Sleep(1);
            }
        }

        uint tail = *_submissionTail;
        _submissions[tail & (Submissions - 1)] = new Submission
        {
            Operation = IORING_OP_FUTEX_WAIT,
            Flags = flags,
            Value = value,
            Address = (ulong)address,
            Id = id,
            Mask = uint.MaxValue,
        };
        Volatile.Write(ref *_submissionTail, tail + 1);
    }

    /// <summary>Hands over what is to be watched, and asks for completions.</summary>
    /// <param name="least">How many completions to sleep for.</param>
    /// <param name="limit">For how long, as a timespec; null for ever.</param>
    /// <returns>False if the kernel refused.</returns>
    private bool Enter(int least, long* limit)
    {
        WaitArgument argument = new() { Limit = (ulong)limit };
        uint waiting = *_submissionTail - Volatile.Read(ref *_submissionHead);
        nint result = SystemCall.Invoke(
            SystemCall.RingEnter, _descriptor, (nint)waiting, least, (void*)(nint)(IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG),
            (nint)(&argument), sizeof(WaitArgument));
        GC.KeepAlive(this);
        return result >= 0 || Marshal.GetLastPInvokeError() is ETIME or LibC.EINTR;
    }

    private static bool CanWaitForFutexes(nint descriptor)
    {
        byte* probe = stackalloc byte[ProbeHeader + (8 * ProbedOperations)];
        new Span<byte>(probe, ProbeHeader + (8 * ProbedOperations)).Clear();
        nint result = SystemCall.Invoke(
            SystemCall.RingRegister, descriptor, IORING_REGISTER_PROBE, (nint)probe, (void*)ProbedOperations, 0, 0);
        return result == 0 && (probe[ProbeHeader + (8 * IORING_OP_FUTEX_WAIT) + 2] & 1) != 0;
    }

    /// <summary>struct io_uring_sqe, as a wait for a futex uses it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Submission
    {
        [FieldOffset(0)]
        public byte Operation;

        [FieldOffset(4)]
        public uint Flags;

        [FieldOffset(8)]
        public ulong Value;

        [FieldOffset(16)]
        public ulong Address;

        [FieldOffset(32)]
        public ulong Id;

        [FieldOffset(48)]
        public ulong Mask;
    }

    /// <summary>struct io_uring_cqe.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Completion
    {
        public ulong Id;
        public int Result;
        public uint Flags;
    }

    /// <summary>struct io_uring_getevents_arg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WaitArgument
    {
        public ulong Signals;
        public uint SignalsSize;
        public uint LeastMicroseconds;
        public ulong Limit;
    }

    /// <summary>struct io_uring_params.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 120)]
    private struct Parameters
    {
        [FieldOffset(0)]
        public uint SubmissionCount;

        [FieldOffset(4)]
        public uint CompletionCount;

        [FieldOffset(8)]
        public uint Flags;

        [FieldOffset(40)]
        public SubmissionRing SubmissionOffsets;

        [FieldOffset(80)]
        public CompletionRing CompletionOffsets;
    }

    /// <summary>The beginning of struct io_sqring_offsets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SubmissionRing
    {
        public uint Head;
        public uint Tail;
        public uint Mask;
        public uint Entries;
        public uint Flags;
    }

    /// <summary>The beginning of struct io_cqring_offsets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct CompletionRing
    {
        public uint Head;
        public uint Tail;
        public uint Mask;
        public uint Count;
        public uint Overflow;
        public uint Entries;
    }
}
