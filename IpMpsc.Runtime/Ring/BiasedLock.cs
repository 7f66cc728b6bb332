using System.Runtime.CompilerServices;

namespace IpMpsc.Ring;

/// <summary>
/// A lock that threads take in turns and never wait for. While one thread takes every turn, the lock is reserved for that
/// thread, which begins and ends its turns with plain stores. The first other thread ends the reservation for good; from then
/// on a turn costs one interlocked operation.
/// </summary>
/// <remarks>
/// <para>
/// The owner of the reservation marks its turn and then checks that the reservation still stands. The thread that ends the
/// reservation says so and then looks for the mark. Neither may look before its own store is visible; the ending
/// thread pays for both with a barrier in all threads of the process. spec/turns.pml explores every order of the steps.
/// </para>
/// <para>
/// The owner recognises itself by the address of a local variable, which costs a nanosecond less than a static of the thread.
/// Every stack ends with a guard page, so addresses on the stacks of two living threads are always further apart than
/// <see cref="NearWindow"/>. A thread whose stack lies where that of the owner was has taken the memory over from an owner that has
/// ended, and with it the reservation.
/// </para>
/// <para>
/// Biased locks are from Kawachiya, Koseki and Onodera, "Lock Reservation: Java Locks Can Mostly Do Without Atomic
/// Operations", OOPSLA 2002. Here a lock is reserved at most once, so the end of a reservation cannot meet the next one.
/// </para>
/// </remarks>
internal struct BiasedLock
{
    private const int Free = 0;
    private const int Taken = 1;
    private const int Reserved = 2;

    // Owners that are not threads. The token of a thread is above zero.
    private const int NoOwner = 0;
    private const int Ending = -1; // The last owner's mark may not be visible yet.
    private const int Ended = -2;

    /// <summary>The end of a reservation costs some microseconds, about what this many reserved turns save.</summary>
    private const int TurnsBeforeReservation = 1_000;

    /// <summary>Bytes of stack within which a call is recognised as the owner's: fewer than those of the smallest guard page.</summary>
    private const int NearWindow = 4_000;

    private nuint _near; // Where the window begins; written by the owner alone. Nothing is near to 0.
    private int _state;
    private int _owner;
    private bool _isMarked; // The owner has the turn.

    // Written only by the thread that has the turn.
    private int _lastThread;
    private int _turns;

    /// <summary>Whether the turn is taken, or a thread is about to take it or to find that it cannot.</summary>
    public bool IsTaken => Volatile.Read(ref _state) == Taken || Volatile.Read(ref _isMarked);

    /// <summary>
    /// Takes the turn if it is reserved for this thread, and this thread has been recognised at this depth of its
    /// stack. False decides nothing; call <see cref="TryTake"/> then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public bool TryTakeReserved()
    {
        Unsafe.SkipInit(out byte here);
        return AddressOf(ref here) - _near < NearWindow // STEP turn.look
            && !Volatile.Read(ref _isMarked) // STEP turn.look-at-own-mark: another thread may have ended the turn before, so this is an acquire.
            && TryMark();
    }

    /// <summary>Takes the turn, unless another use has it or it is reserved for another thread; see <see cref="EndReservation"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public bool TryTake()
    {
        int thread = ThreadToken.Current;
        if (Volatile.Read(ref _owner) != thread)
        {
            return TryTakeFree(thread);
        }

        Unsafe.SkipInit(out byte here);
        _near = AddressOf(ref here) - (NearWindow / 2);
        return !Volatile.Read(ref _isMarked) && TryMark();
    }

    /// <summary>Ends the turn. Another thread than the one that took it may call this.</summary>
    /// <returns>Whether the reservation stood after the end, so that no other thread has asked for anything before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool End()
    {
        // The state does not change during a turn.
        if (_state == Reserved)
        {
            return EndReserved();
        }

        EndTaken();
        return false;
    }

    /// <summary>As <see cref="End"/>, for a turn that <see cref="TryTakeReserved"/> took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool EndReserved()
    {
        Volatile.Write(ref _isMarked, false); // STEP turn.unmark
        return Volatile.Read(ref _owner) > NoOwner; // STEP turn.look-for-end
    }

    /// <summary>
    /// From now on no turn begins on a reservation, once the caller has issued a barrier in all threads of the process. Any thread may call this.
    /// </summary>
    public void ForbidReservation()
    {
        if (Volatile.Read(ref _owner) != Ended)
        {
            Interlocked.Exchange(ref _owner, Ending); // STEP turn.forbid
        }
    }

    /// <summary>
    /// Ends the reservation, if there is one. If a turn is under way, the lock becomes free with the first call after that
    /// turn. One thread at a time may call this.
    /// </summary>
    public void EndReservation()
    {
        // The state first: the owner of a reservation is stored before the state says that there is one.
        if (Volatile.Read(ref _state) != Reserved) // STEP turn.look-for-reservation
        {
            return;
        }

        if (Volatile.Read(ref _owner) != Ended)
        {
            Volatile.Write(ref _owner, Ending); // STEP turn.end-reservation
            Interlocked.MemoryBarrierProcessWide(); // STEP turn.barrier
            Volatile.Write(ref _owner, Ended);
        }

        // An owner that is about to mark its turn will find the reservation gone. An owner that has marked it keeps the turn.
        if (!Volatile.Read(ref _isMarked)) // STEP turn.look-for-mark
        {
            Volatile.Write(ref _state, Free); // STEP turn.free
        }
    }

    /// <summary>The address of a local variable of the caller. No other thread has one near it while this one lives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe nuint AddressOf(ref byte local) =>
#if IPMPSC_EXPLORE // docs/exploring.md: how deep a stack is depends on how far the compiler has optimised the code, and runs must be alike.
        (nuint)ThreadToken.Current << 20;
#else
        (nuint)Unsafe.AsPointer(ref local);
#endif

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryMark()
    {
        Volatile.Write(ref _isMarked, true); // STEP turn.mark
        return Volatile.Read(ref _owner) > NoOwner || GiveUp(); // STEP turn.look-again
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool GiveUp()
    {
        _near = 0;
        Volatile.Write(ref _isMarked, false); // STEP turn.give-up
        return false;
    }

    private bool TryTakeFree(int thread)
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Free) != Free) // STEP turn.take
        {
            return false;
        }

        _turns = thread == _lastThread ? _turns + 1 : 0;
        _lastThread = thread;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndTaken()
    {
        // The owner first: a reserved state without an owner means that the reservation has ended.
        bool reserves = _turns >= TurnsBeforeReservation
            && _lastThread == ThreadToken.Current
            && Volatile.Read(ref _owner) == NoOwner
            && Interlocked.CompareExchange(ref _owner, _lastThread, NoOwner) == NoOwner; // STEP turn.reserve
        Volatile.Write(ref _state, reserves ? Reserved : Free); // STEP turn.reserved, STEP turn.end
    }
}
