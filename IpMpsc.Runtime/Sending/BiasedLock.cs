using System.Runtime.CompilerServices;

namespace IpMpsc.Sending;

/// <summary>
/// Whose turn it is to use one thing that threads share. As long as the same thread takes every turn, they are
/// reserved for it: it begins and ends them with plain stores. The first other thread that asks ends that for
/// good, and from then on a turn costs one interlocked operation.
/// </summary>
/// <remarks>
/// <para>
/// The holder of the reservation marks its turn and then looks whether the reservation still stands; who ends it takes it
/// away and then looks for the mark. Each must not look before its own store is visible, and who ends it pays for
/// both with a barrier in all threads of the process. spec/turns.pml explores every order of the steps.
/// </para>
/// <para>
/// The idea is that of biased locks: Kawachiya, Koseki and Onodera, "Lock Reservation: Java Locks Can Mostly Do Without
/// Atomic Operations", OOPSLA 2002. Here nothing is reserved twice, so an end cannot meet the next beginning.
/// </para>
/// </remarks>
internal sealed class BiasedLock
{
    private const int Free = 0;
    private const int Taken = 1;
    private const int Reserved = 2;

    /// <summary>To end a reservation costs some microseconds, as much as this many turns save.</summary>
    private const int TurnsBeforeReservation = 1_000;

    private int _state;
    private int _reservedFor; // The id of a thread; none has 0.
    private bool _isMarked; // The thread that has the reservation takes a turn.

    // Of who has the turn.
    private int _lastThread;
    private int _turns;
    private bool _wasReserved;

    /// <summary>Takes the turn, unless somebody has it or could take it at any moment: then see <see cref="EndReservation"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake()
    {
        int thread = Environment.CurrentManagedThreadId;
        return Volatile.Read(ref _reservedFor) == thread ? TryTakeReserved(thread) : TryTakeFree(thread); // STEP turn.look
    }

    /// <summary>Ends the turn. A thread other than that which took it may do so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End()
    {
        // Nobody changes the state during a turn.
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
    /// Ends the reservation, if there is one, so that the turn can be taken now or as soon as this is called again after
    /// the turn that is under way. One thread at a time calls it.
    /// </summary>
    public void EndReservation()
    {
        // The state is asked first: whoever says that it is reserved has said before for whom.
        if (Volatile.Read(ref _state) != Reserved) // STEP turn.look-for-reservation
        {
            return;
        }

        if (Volatile.Read(ref _reservedFor) != 0)
        {
            Volatile.Write(ref _reservedFor, 0); // STEP turn.end-reservation
            Interlocked.MemoryBarrierProcessWide(); // STEP turn.barrier
        }

        // Who was about to mark its turn finds the reservation gone. Who has marked it keeps the turn.
        if (!Volatile.Read(ref _isMarked)) // STEP turn.look-for-mark
        {
            Volatile.Write(ref _state, Free); // STEP turn.free
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeReserved(int thread)
    {
        if (_isMarked)
        {
            return false; // A claim of this thread is open.
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
        if (_turns < TurnsBeforeReservation || _wasReserved || _lastThread != Environment.CurrentManagedThreadId)
        {
            Volatile.Write(ref _state, Free); // STEP turn.end
            return;
        }

        // In this order: a state of reserved with nobody's id is one whose reservation has ended.
        _wasReserved = true;
        Volatile.Write(ref _reservedFor, _lastThread); // STEP turn.reserve
        Volatile.Write(ref _state, Reserved); // STEP turn.reserved
    }
}
