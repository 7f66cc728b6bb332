using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace IpMpsc.Layout;

/// <summary>
/// Every ordered access to shared memory has a name here: no other file calls <see cref="Volatile"/> or
/// <see cref="Interlocked"/> on the segment. Each release store names the acquire load that it pairs with and what
/// goes wrong if the two are reordered; docs/memory-ordering.md lists the pairs.
/// </summary>
internal static unsafe class SharedWord
{
    // ---- record -------------------------------------------------------------------------------

    /// <summary>
    /// Release. Pairs with <see cref="LoadStamp"/>: payload and description must become visible before the stamp that
    /// vouches for them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStamp(byte* record, ulong stamp) =>
        Volatile.Write(ref *(ulong*)(record + RecordDescriptor.StampOffset), stamp);

    /// <summary>Acquire. Pairs with <see cref="StoreStamp"/>: the payload is read only after its stamp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LoadStamp(byte* record) =>
        Volatile.Read(ref *(ulong*)(record + RecordDescriptor.StampOffset));

    /// <summary>Plain: the stamp, which is stored later, orders it. Length, id and version in one word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDescription(byte* record, ulong description) =>
#if IPMPSC_EXPLORE
        Plain.Write(ref *(ulong*)(record + RecordDescriptor.LengthOffset), description);
#else
        *(ulong*)(record + RecordDescriptor.LengthOffset) = description;
#endif

    /// <summary>
    /// Plain, for those who look at a record that is not theirs: it may be overwritten meanwhile. They check the value, and afterwards by a position that the
    /// record was still there.
    /// </summary>
    public static ulong LoadDescription(byte* record) =>
#if IPMPSC_EXPLORE
        Volatile.Read(ref *(ulong*)(record + RecordDescriptor.LengthOffset));
#else
        *(ulong*)(record + RecordDescriptor.LengthOffset);
#endif

    /// <summary>
    /// Stores what the word holds already, so that its cache line is this processor's alone. Plain: the head, which is stored later, orders it. Only for
    /// a word that nobody else may write until then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rewrite(byte* word) =>
#if IPMPSC_EXPLORE
        Plain.Write(ref *(ulong*)word, Volatile.Read(ref *(ulong*)word));
#else
        *(ulong*)word = Volatile.Read(ref *(ulong*)word); // Volatile, or a compiler might drop both.
#endif

    /// <summary>Plain stores of a payload come next; for the explorer (docs/exploring.md). No code in the library.</summary>
    [Conditional("IPMPSC_EXPLORE")]
    public static void BeforePayload(byte* payload, int length)
    {
#if IPMPSC_EXPLORE
        Exploring.Engine.Hook.BeforePlainStores((nint)payload, length);
#endif
    }

    /// <summary>Plain loads of a payload that others may overwrite come next; for the explorer (docs/exploring.md). No code in the library.</summary>
    [Conditional("IPMPSC_EXPLORE")]
    public static void BeforeCopy(byte* payload, long length)
    {
#if IPMPSC_EXPLORE
        Exploring.Engine.Hook.BeforePlainLoads((nint)payload, length);
#endif
    }

    // ---- positions ----------------------------------------------------------------------------

    /// <summary>Acquire. Pairs with <see cref="TryAdvanceTail"/>: a process that sees a tail also sees the claims that moved it there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long LoadTail(long* tail) => Volatile.Read(ref *tail);

    /// <summary>
    /// Full fence, then acquire. Pairs with <see cref="TryAdvanceTail"/>: a reader that has copied bytes that were released reads the tail
    /// afterwards. If it copied a byte that a sender wrote over them, it sees the tail that the sender moved before.
    /// </summary>
    public static long LoadTailAfterCopy(long* tail)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref *tail);
    }

    /// <summary>
    /// Full fence. Pairs with <see cref="LoadTail"/>: the slot's claim must be visible before the tail moves, or the
    /// receiver could find a stuck record without an owner.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryAdvanceTail(long* tail, long from, long to) =>
        Interlocked.CompareExchange(ref *tail, to, from) == from;

    /// <summary>
    /// Release. Pairs with <see cref="LoadHead"/>: the receiver must have finished with the bytes before a sender may
    /// overwrite them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHead(long* head, long position) => Volatile.Write(ref *head, position);

    /// <summary>Acquire. Pairs with <see cref="StoreHead"/>: a sender overwrites bytes only after their release.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long LoadHead(long* head) => Volatile.Read(ref *head);

    /// <summary>
    /// Full fence, then acquire. Pairs with <see cref="StoreHead"/>: a process that reads bytes without owning them
    /// reads head afterwards. If it has seen a byte that a sender wrote over them, it also sees the head that made
    /// room for that byte.
    /// </summary>
    public static long LoadHeadAfterCopy(long* head)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref *head);
    }

    // ---- claims -------------------------------------------------------------------------------

    /// <summary>
    /// Release. Pairs with <see cref="LoadClaimPosition"/>. A sender stores "none" before it changes the length and
    /// the position after it, so that no reader combines an old position with a new length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreClaimPosition(byte* slot, long position) =>
        Volatile.Write(ref *(long*)(slot + SlotDescriptor.ClaimPositionOffset), position);

    /// <summary>Release, between the two stores of <see cref="StoreClaimPosition"/>; pairs with <see cref="LoadClaimLength"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreClaimLength(byte* slot, long length) =>
        Volatile.Write(ref *(long*)(slot + SlotDescriptor.ClaimLengthOffset), length);

    /// <summary>Acquire. Pairs with <see cref="StoreClaimPosition"/>; read before the length.</summary>
    public static long LoadClaimPosition(byte* slot) =>
        Volatile.Read(ref *(long*)(slot + SlotDescriptor.ClaimPositionOffset));

    /// <summary>Acquire. Pairs with <see cref="StoreClaimLength"/>.</summary>
    public static long LoadClaimLength(byte* slot) =>
        Volatile.Read(ref *(long*)(slot + SlotDescriptor.ClaimLengthOffset));

    // ---- sources ------------------------------------------------------------------------------

    /// <summary>
    /// Release. Pairs with <see cref="LoadSource"/>: a pending sequence is visible after the claim that is for it and before its stamp, a confirmed
    /// one after the stamp.
    /// </summary>
    public static void StoreSource(long* sequence, long value) => Volatile.Write(ref *sequence, value);

    /// <summary>Acquire. Pairs with <see cref="StoreSource"/>: what is read of the claim afterwards is the claim for the pending sequence.</summary>
    public static long LoadSource(long* sequence) => Volatile.Read(ref *sequence);

    /// <summary>Release. Pairs with <see cref="LoadKind"/>: a process that sees that a slot belongs to a source sees its name and sequence.</summary>
    public static void StoreKind(byte* identity, int kind) =>
        Volatile.Write(ref *(int*)(identity + IdentityDescriptor.KindOffset), kind);

    /// <summary>Acquire. Pairs with <see cref="StoreKind"/>.</summary>
    public static int LoadKind(byte* identity) => Volatile.Read(ref *(int*)(identity + IdentityDescriptor.KindOffset));

    // ---- presence -----------------------------------------------------------------------------

    /// <summary>
    /// Full fence. Pairs with <see cref="LoadJoins"/>: a sender counts itself when it has its lock and before it moves the tail. A receiver that sees it counted
    /// finds it locked, or finds what it has sent.
    /// </summary>
    public static void CountJoin(long* joins) => Interlocked.Increment(ref *joins);

    /// <summary>Acquire. Pairs with <see cref="CountJoin"/>.</summary>
    public static long LoadJoins(long* joins) => Volatile.Read(ref *joins);

    /// <summary>Release. Pairs with <see cref="LoadCompleted"/>; the lock of the receiver's place, which is dropped after it, orders it, too.</summary>
    public static void StoreCompleted(long* completed, long joins) => Volatile.Write(ref *completed, joins);

    /// <summary>Acquire. Pairs with <see cref="StoreCompleted"/>.</summary>
    public static long LoadCompleted(long* completed) => Volatile.Read(ref *completed);

    // ---- signals ------------------------------------------------------------------------------

    /// <summary>
    /// Full fence. Raises the signal, that is, makes it odd, and returns its value, on which the caller sleeps.
    /// Pairs with <see cref="LoadSignal"/> and <see cref="TryLowerSignal"/>; the sleeper's barrier follows it.
    /// </summary>
    public static uint RaiseSignal(uint* signal) => Interlocked.Or(ref *signal, 1) | 1;

    /// <summary>Acquire. Pairs with <see cref="RaiseSignal"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LoadSignal(uint* signal) => Volatile.Read(ref *signal);

    /// <summary>
    /// Full fence. One of the processes that see the signal raised lowers it, and that one alone makes the system
    /// call. Lowering increments the signal and never resets it: a woken sleeper finds another value even if the
    /// signal has been raised again.
    /// </summary>
    public static bool TryLowerSignal(uint* signal)
    {
        // Invariant: before each further round, one process has lowered the signal and another has raised it again.
        for (uint raised = LoadSignal(signal); IsRaised(raised);)
        {
            uint seen = Interlocked.CompareExchange(ref *signal, raised + 1, raised);
            if (seen == raised)
            {
                return true;
            }

            raised = seen;
        }

        return false;
    }

    /// <summary>Whether a signal of this value is raised.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRaised(uint signal) => (signal & 1) != 0;

    /// <summary>Acquire. Pairs with <see cref="TryChangeState"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LoadState(uint* state) => Volatile.Read(ref *state);

    /// <summary>Full fence. Changes the channel's state unless another process has changed it. Pairs with <see cref="LoadState"/>.</summary>
    public static bool TryChangeState(uint* state, uint from, uint to) =>
        Interlocked.CompareExchange(ref *state, to, from) == from;

    /// <summary>Full fence. A retired channel stays retired. Pairs with <see cref="LoadState"/>.</summary>
    public static void Retire(uint* state) => Interlocked.Or(ref *state, ChannelState.Retired);

    // ---- pages --------------------------------------------------------------------------------

    /// <summary>
    /// Writes to a page without changing it: adds 0 to its first word. Pairs with no load because it publishes
    /// nothing. It is one atomic step because the word may be a payload that its sender fills right now: a separate
    /// load and store would put the old value back.
    /// </summary>
    public static void Touch(byte* word) => Interlocked.Add(ref *(long*)word, 0);

    // ---- header -------------------------------------------------------------------------------

    /// <summary>
    /// Release. Pairs with <see cref="LoadMagic"/>: a process that sees the magic number sees a complete header.
    /// </summary>
    public static void StoreMagic(byte* header) =>
        Volatile.Write(ref *(ulong*)(header + HeaderDescriptor.MagicOffset), HeaderDescriptor.Magic);

    /// <summary>Acquire. Pairs with <see cref="StoreMagic"/>.</summary>
    public static ulong LoadMagic(byte* header) =>
        Volatile.Read(ref *(ulong*)(header + HeaderDescriptor.MagicOffset));

    // ---- counters -----------------------------------------------------------------------------

    /// <summary>
    /// Adds to a counter that one process writes and others display. No ordering, because a counter says nothing about
    /// any other word.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddToCounter(long* counter, long amount) => *counter += amount;

    /// <summary>
    /// Full fence. Adds to a counter that several processes write and others display. Pairs with no load: a counter says nothing about any other word.
    /// </summary>
    public static void AddToSharedCounter(long* counter, long amount) => Interlocked.Add(ref *counter, amount);

    /// <summary>Stores a number that one process writes and others display. No ordering, as with counters.</summary>
    public static void StoreCounter(long* counter, long value) => *counter = value;

    /// <summary>Reads a counter for display.</summary>
    public static long ReadCounter(long* counter) => Volatile.Read(ref *counter);
}
