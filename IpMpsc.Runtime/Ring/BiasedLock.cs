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
/// reservation clears it and then looks for the mark. Neither may look before its own store is visible; the ending
/// thread pays for both with a barrier in all threads of the process. spec/turns.pml explores every order of the steps.
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

    /// <summary>The end of a reservation costs some microseconds, about what this many reserved turns save.</summary>
    private const int TurnsBeforeReservation = 1_000;

    private int _state;
    private int _reservedFor; // The token of a thread; 0 is that of no thread.
    private bool _isMarked; // The owner of the reservation has the turn.

    // Written only by the thread that has the turn.
    private int _lastThread;
    private int _turns;
    private bool _wasReserved;

    /// <summary>Whether the turn is taken, or a thread is about to take it or to find that it cannot.</summary>
    public bool IsTaken => Volatile.Read(ref _state) == Taken || Volatile.Read(ref _isMarked);

    /// <summary>Takes the turn, unless another use has it or it is reserved for another thread; see <see cref="EndReservation"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake()
    {
        int thread = ThreadToken.Current;
        return Volatile.Read(ref _reservedFor) == thread ? TryTakeReserved(thread) : TryTakeFree(thread); // STEP turn.look
    }

    /// <summary>Ends the turn. Another thread than the one that took it may call this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End()
    {
        // The state does not change during a turn.
        if (_state == Reserved)
        {
            Volatile.Write(ref _isMarked, false); // STEP turn.unmark
        }
        else
        {
            EndTaken();
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

        if (Volatile.Read(ref _reservedFor) != 0)
        {
            Volatile.Write(ref _reservedFor, 0); // STEP turn.end-reservation
            Interlocked.MemoryBarrierProcessWide(); // STEP turn.barrier
        }

        // An owner that is about to mark its turn will find the reservation gone. An owner that has marked it keeps the turn.
        if (!Volatile.Read(ref _isMarked)) // STEP turn.look-for-mark
        {
            Volatile.Write(ref _state, Free); // STEP turn.free
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeReserved(int thread)
    {
        if (Volatile.Read(ref _isMarked)) // STEP turn.look-at-own-mark: another thread may have ended the turn before, so this is an acquire.
        {
            return false; // This thread has the turn already: its claim is open.
        }

        Volatile.Write(ref _isMarked, true); // STEP turn.mark
        if (Volatile.Read(ref _reservedFor) == thread) // STEP turn.look-again
        {
            return true;
        }

        Volatile.Write(ref _isMarked, false); // STEP turn.give-up
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        if (_turns < TurnsBeforeReservation || _wasReserved || _lastThread != ThreadToken.Current)
        {
            Volatile.Write(ref _state, Free); // STEP turn.end
            return;
        }

        // In this order: a reserved state without an owner means that the reservation has ended.
        _wasReserved = true;
        Volatile.Write(ref _reservedFor, _lastThread); // STEP turn.reserve
        Volatile.Write(ref _state, Reserved); // STEP turn.reserved
    }
}
