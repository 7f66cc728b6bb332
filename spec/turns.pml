/* How the threads of one process take turns with the first producer of a sender that they share.

   THE WORLD. USERS threads take TURNS turns each. Whoever ends a turn may reserve the next ones for itself, once in all;
   here it does so whenever it likes, instead of after many turns. Nobody has another producer to fall back on, so who
   finds the first one taken counts itself among those who wait and sleeps until a turn has ended.
   A thread may hand its turn to the loop, a thread of its own, which finishes and ends it, and ask for the next turn
   meanwhile: so does an asynchronous send that found no room.

   With CLOSE one more thread disposes of the sender at any moment. Whoever has a turn uses the segment; the disposer, or the last
   who has had a turn, unmaps it. Each marks what it does and then looks at the mark of the other.

   MEMORY. A thread's stores wait in the store buffer of its processor, from which they become visible one after the
   other at any later time; it sees its own at once. An interlocked operation, and a lock, empties the
   buffer of the one who makes it, a barrier in all threads of the process empties them all. Two looks must not
   come too early: who has marked its turn looks whether the reservation still stands, and who has ended a turn looks
   whether anybody waits. Neither fences: the other side of each issues the barrier. Loads are made in order, but for
   those that a mutation makes early.

   CHECKED: never two have the turn, and when nothing can happen any more everybody has had all turns, or was told that the
   sender is disposed. The segment is unmapped once, when nobody uses it; and when all is over, it is.

   Run spec/check; or by hand
     spin -a turns.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef USERS
#define USERS 2
#endif
#ifndef TURNS
#define TURNS 2
#endif
#ifndef HANDS
#define HANDS 1                 /* turns that are handed over */
#endif
#ifndef CLOSE
#define CLOSE 0                 /* 1: the sender is disposed */
#endif
/* mutations, all of them errors:
   NO_BARRIER          whoever ends a reservation issues no barrier
   NO_LOOK_AGAIN       its holder does not look at it again after marking its turn
   MARK_IGNORED        a reserved thing is free as soon as the reservation has ended
   STATE_NOT_ASKED     the reservation is looked for before the state says that there is one
   STATE_FIRST         the state says reserved before anybody has the reservation
   NO_WAITER_BARRIER   who waits issues no barrier between counting itself and looking
   NO_TELL_FENCE       who ends a turn trusts a permit that somebody may take before the end is visible
   RESERVE_AGAIN       reserved as often as somebody likes
   PLAIN_MARK          the holder reads the mark without acquire: what it reads in its turn it may have read before
   MARK_NOT_READ       the holder marks its next turn without a look whether the last one has ended
   LEAVE_AT_ONCE       who has ended a turn and finds the sender disposed unmaps without a look whether another turn has begun
   NO_LEAVE_BARRIER    who looks for that issues no barrier before
   NO_CLOSE_BARRIER    the disposer issues no barrier between its mark and its look
   CLOSED_NOT_READ     who has taken a turn does not look whether the sender is disposed
   NOBODY_LEAVES       who has ended a turn does not look whether the sender is disposed */

mtype = { FREE, TAKEN, RESERVED };

#define STATE   0
#define HOLDER  1               /* who has the reservation, counted from 1; 0 for nobody */
#define MARK    2               /* the holder takes a turn */
#if CLOSE
#define CLOSED  3               /* the sender is disposed */
#define WORDS   4
#define THREADS (USERS + 2)
#else
#define WORDS   3
#define THREADS (USERS + 1)
#endif
#define LOOP    USERS           /* the number of the loop's thread, */
#define CLOSER  (USERS + 1)     /* and of the one that disposes */
#define NONE    255

/* ---- memory ---- */
byte memory[WORDS];
byte waiting = 0, permits = 0;
bool locked = false, reserved_once = false;

/* ---- store buffers: the stores on their way, and for each word how many of them and the last value ---- */
chan buffer[THREADS] = [6] of { byte, byte };
byte pending[THREADS * WORDS], latest[THREADS * WORDS];

/* ---- the observer ---- */
byte having = 0;
#if CLOSE
bool using = false;             /* who has the turn uses the segment */
bool busy = false;              /* the loop ends a turn */
byte ended = 0;                 /* threads that have ended */
bool left = false;              /* the segment is unmapped */
#endif
#ifdef PLAIN_MARK
byte had = 0;                   /* how many turns have been had */
#endif

/* ---- the loop's queue ---- */
bool handed = false;
byte hands = HANDS;

#define of(who, word)       (((who) * WORDS) + (word))
#define sees(who, word)     (pending[of(who, word)] > 0 -> latest[of(who, word)] : memory[word])

#define leave(who)          buffer[who]?word_, value_; memory[word_] = value_; pending[of(who, word_)]--

inline store(word, value) {
    atomic {
        buffer[me]!word, value;
        pending[of(me, word)]++;
        latest[of(me, word)] = value
    }
}

inline empty_buffer(who) {
    do
    :: nempty(buffer[who]) -> leave(who)
    :: empty(buffer[who]) -> break
    od
}

inline empty_all() {
    other = 0;
    do
    :: other < THREADS -> empty_buffer(other); other++
    :: other == THREADS -> break
    od;
    other = 0
}

active [THREADS] proctype StoreBuffer() {
    byte word_, value_;
end:
    do
    :: atomic { nempty(buffer[_pid]) -> leave(_pid) }
    od
}

/* One interlocked operation. */
inline take() {
    atomic {                                    /* STEP turn.take */
        empty_buffer(me);
        has = (memory[STATE] == FREE);
        if :: has -> memory[STATE] = TAKEN :: else fi
    }
}

/* Under the lock of the pool, the way of all who were refused; with an empty buffer, as after any lock. */
inline look() {
    atomic { !locked -> locked = true };
    if
#ifndef STATE_NOT_ASKED
    :: sees(me, STATE) == RESERVED ->           /* STEP turn.look-for-reservation */
#else
    :: true ->
#endif
        if
        :: sees(me, HOLDER) != 0 ->
            store(HOLDER, 0);                   /* STEP turn.end-reservation */
#ifndef NO_BARRIER
            atomic { empty_all() }              /* STEP turn.barrier */
#endif
        :: else
        fi;
        if
#ifndef MARK_IGNORED
        :: !sees(me, MARK) ->               /* STEP turn.look-for-mark */
#else
        :: true ->
#endif
            store(STATE, FREE)                  /* STEP turn.free */
#ifndef MARK_IGNORED
        :: else
#endif
        fi
#ifndef STATE_NOT_ASKED
    :: else
#endif
    fi;
    take();
    locked = false                              /* take() has emptied the buffer */
}

#if CLOSE
#define begin \
    having++; \
    using = true; \
    assert(having == 1 && !left)
#define finish      having--; using = false

#define is_taken    (sees(me, STATE) == TAKEN || sees(me, MARK))

/* The last of those who use the segment and of those who dispose of it unmaps it. */
inline unmap() {
    atomic {                                    /* STEP dispose.wait-left */
        empty_buffer(me);
        if
        :: !left -> assert(!using); left = true        /* STEP dispose.unmap */
        :: else
        fi
    }
}

#ifdef NOBODY_LEAVES
#define then_leave
#else
#define then_leave  leave_if_closed();
#endif

/* After a turn: another thread may have begun one since. */
inline leave_if_closed() {
    if
    :: sees(me, CLOSED) ->                      /* STEP dispose.look-for-mark */
#ifndef NO_LEAVE_BARRIER
        atomic { empty_all() };                 /* STEP dispose.leave-barrier */
#endif
        if
#ifndef LEAVE_AT_ONCE
        :: is_taken                             /* STEP dispose.look-for-use */
#endif
        :: else -> unmap()
        fi
    :: else
    fi
}
#else
#define begin \
    having++; \
    assert(having == 1)

#define finish      having--
#define then_leave
#endif

/* What a turn is for: it reads what the turn before has written, here the number of turns, and writes it. */
#ifdef PLAIN_MARK
#define work    assert(early == NONE || early == had); had++; early = NONE
#define forget  early = NONE
#else
#define work    skip
#define forget  skip
#endif

inline tell() {
    if
    :: waiting > 0 ->                           /* STEP turn.look-for-waiting */
#ifndef NO_TELL_FENCE
        atomic { empty_buffer(me) };            /* STEP turn.tell-fence */
#endif
        if
        :: atomic { permits < waiting -> permits++ }        /* STEP turn.tell */
        :: else
        fi
    :: else
    fi
}

inline end_turn() {
    if
    :: atomic { sees(me, STATE) == RESERVED -> finish; store(MARK, false) }   /* STEP turn.unmark */
    :: atomic { else -> finish };
        if
#ifndef RESERVE_AGAIN
        :: !reserved_once ->
#else
        :: true ->
#endif
            reserved_once = true;
#ifdef STATE_FIRST
            store(STATE, RESERVED);
            store(HOLDER, me + 1)
#else
            store(HOLDER, me + 1);              /* STEP turn.reserve */
            store(STATE, RESERVED)              /* STEP turn.reserved */
#endif
        :: store(STATE, FREE)                   /* STEP turn.end */
        fi
    fi;
    then_leave
    tell()
}

/* The loop's thread never reserves. */
inline end_turn_of_loop() {
    if
    :: atomic { sees(me, STATE) == RESERVED -> finish; store(MARK, false) }
    :: atomic { else -> finish }; store(STATE, FREE)
    fi;
    then_leave
    tell()
}

proctype User(byte me) {
    byte turns = 0;
    byte word_, value_, other;
    bool has = false;
#ifdef PLAIN_MARK
    byte early = NONE;
#endif

    do
    :: turns == TURNS -> break
    :: turns < TURNS ->
        if
        :: sees(me, HOLDER) == me + 1 ->        /* STEP turn.look */
#ifdef PLAIN_MARK
            if :: early = had :: skip fi;
#endif
            if
#ifdef MARK_NOT_READ
            :: false
#else
            :: sees(me, MARK)                   /* STEP turn.look-at-own-mark */
#endif
            :: else ->
                store(MARK, true);              /* STEP turn.mark */
#ifdef NO_LOOK_AGAIN
                has = true
#else
                if
                :: sees(me, HOLDER) == me + 1 -> has = true     /* STEP turn.look-again */
                :: else -> store(MARK, false)   /* STEP turn.give-up */
                fi
#endif
            fi
        :: else -> take()
        fi;
        if
        :: !has ->
            atomic { forget; empty_buffer(me) };
            look();
            if
            :: !has ->
                waiting++;                      /* STEP turn.count */
#ifndef NO_WAITER_BARRIER
                atomic { empty_all() };         /* STEP turn.wait-barrier */
#endif
                do
                :: look();
                    if :: has -> break :: else fi;
                    if
                    :: atomic { permits > 0 -> permits-- }
#if CLOSE
                    :: sees(me, CLOSED) -> waiting--; goto closed       /* the disposer wakes all who wait */
#endif
                    fi
                od;
                waiting--
            :: else
            fi
        :: else
        fi;

        has = false;
        turns++;
#if CLOSE && !defined(CLOSED_NOT_READ)
        if
        :: atomic { sees(me, CLOSED) -> having++ }; end_turn(); goto closed     /* STEP dispose.look-before-use */
        :: atomic { !sees(me, CLOSED) -> begin; work }; end_turn()
        :: atomic { !sees(me, CLOSED) && hands > 0 -> hands--; begin; forget; empty_buffer(me); handed = true }
        fi
#else
        if
        :: atomic { begin; work }; end_turn()
        :: atomic { hands > 0 -> hands--; begin; forget; empty_buffer(me); handed = true }    /* the queue has a lock */
        fi
#endif
    od;
#if CLOSE
closed:
    ended++
#endif
}

#if CLOSE
active proctype Closer() {
    byte me = CLOSER;
    byte word_, value_, other;

    store(CLOSED, true);                        /* STEP dispose.mark */
#ifndef NO_CLOSE_BARRIER
    atomic { empty_all() };                     /* STEP dispose.close-barrier */
#endif
    if
    :: is_taken                                 /* it wakes who waits within its turn; that one leaves */
    :: else -> unmap()
    fi;
    ended++
}

/* When all is over the segment is unmapped. */
active proctype End() {
    byte me = 0;

end_not_yet:
    atomic {
        ended == USERS + 1 && !handed && having == 0 && !busy ->
        do
        :: me < THREADS -> if :: empty(buffer[me]) -> me++ fi
        :: me == THREADS -> break
        od;
        assert(left)
    }
}
#endif

active proctype Loop() {
    byte me = LOOP;
    byte word_, value_, other;
#ifdef PLAIN_MARK
    byte early = NONE;
#endif

end_idle:
    do
#if CLOSE
    :: atomic { handed -> handed = false; busy = true; work }; end_turn_of_loop(); busy = false
#else
    :: atomic { handed -> handed = false; work }; end_turn_of_loop()
#endif
    od
}

init {
    byte user = 0;
    atomic {
        memory[STATE] = FREE;
        do
        :: user < USERS -> run User(user); user++
        :: else -> break
        od
    }
}
