/* How the threads of one process take turns with the first producer of a sender that they share, and how the sender is closed.

   THE WORLD. USERS threads take TURNS turns each. A thread that ends a turn may reserve the next ones for itself, once in all.
   Here it may do so at any time, not only after many turns. No thread has another producer to fall back on, so one that
   finds the first one taken counts itself as waiting, and sleeps until a turn has ended.
   A thread may hand its turn to the loop, a thread of its own, which finishes and ends it, and ask for the next turn
   meanwhile, as an asynchronous send does that found no room.
   With CLOSE=1, one more thread disposes the sender at any moment. Users that find it closed stop. The closer, or the last thread
   that has had a turn, unmaps the segment, which no thread may use from then on.

   RECOGNITION. The code recognises the owner of the reservation by the address of its stack, and asks for the number of the thread
   only if that fails. So a thread that had the reservation may mistake itself for the owner until it finds that it is not.

   MEMORY. A thread's stores wait in the store buffer of its processor, from which they become visible one after
   another at any later time; the thread itself sees them at once. An interlocked operation, or a lock, empties the
   buffer of its own thread. A process-wide barrier empties all of them. Three checks must not
   come too early: a thread that has marked its turn checks whether the reservation still holds, a thread that has ended a reserved turn checks
   the same, and a thread that has ended another turn checks whether any thread waits. None of them fences: the other side of each
   issues the barrier. Loads are made in order, except for those that a mutation makes early.

   CHECKED: two threads never have the turn at the same time; no thread has it when the sender has been left; and when nothing can happen any
   more, every thread has had all its turns, or has found the sender closed, and a sender that was closed has been left.

   Run spec/check; or by hand
     spin -a turns.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef USERS
#define USERS 2
#endif
#ifndef TURNS
#define TURNS 2
#endif
#ifndef OTHERS
#define OTHERS TURNS            /* turns of every thread but the first */
#endif
#ifndef HANDS
#define HANDS 1                 /* turns that are handed over */
#endif
#ifndef CLOSE
#define CLOSE 0                 /* 1: the sender is disposed */
#endif
/* mutations, all of them errors:
   NO_BARRIER          the thread that ends a reservation issues no barrier
   NO_LOOK_AGAIN       its owner does not check it again after marking its turn
   MARK_IGNORED        a reserved turn is free as soon as the reservation has ended
   STATE_NOT_ASKED     the reservation is checked before the state says that there is one
   STATE_FIRST         the state says reserved before any thread has the reservation
   NO_WAITER_BARRIER   a thread that waits issues no barrier between counting itself and checking
   NO_TELL_FENCE       a thread that ends a turn trusts a permit that another may take before the end is visible
   RESERVE_AGAIN       reserved any number of times
   PLAIN_MARK          the owner reads the mark without acquire, so reads within its turn may be executed before it
   MARK_NOT_READ       the owner marks its next turn without checking that the last one has ended
   NO_LOOK_FOR_END     the owner does not check whether the reservation has ended when it ends a turn
   CLOSE_KEEPS         the closer does not end the reservation
   CLOSE_MARKS_FIRST   the closer marks the sender as closed before it ends the reservation
   NO_CLOSE_BARRIER    the closer checks for a use without a barrier
   LEAVE_AT_ONCE       a thread that ends a turn and finds the sender closed leaves without checking whether another turn has begun
   NO_LEAVE_BARRIER    it checks, but without a barrier of its own
   NOBODY_LEAVES       it does not check whether the sender is closed
   CLOSED_NOT_READ     a thread that has taken a turn does not check whether the sender is closed */

mtype = { FREE, TAKEN, RESERVED };

#define STATE   0
#define OWNER   1               /* the thread that has the reservation, counted from 1; 0 if none has it yet */
#define MARK    2               /* the owner takes a turn */
#define CLOSED  3
#define WORDS   4
#define LOOP    USERS           /* the number of the loop's thread */
#define CLOSER  (USERS + 1)     /* the number of the closer */
#define ENDING  100             /* owner: the last one's mark may not be visible yet */
#define ENDED   101
#define NONE    255

/* ---- memory ---- */
byte memory[WORDS];
byte waiting = 0, permits = 0;
bool locked = false;
bool left = false;

/* ---- store buffers: the pending stores, and for each word their number and the last value ---- */
chan buffer[USERS + 2] = [6] of { byte, byte };
byte pending[(USERS + 2) * WORDS], latest[(USERS + 2) * WORDS];

/* ---- the observer ---- */
byte having = 0;
#ifdef PLAIN_MARK
byte had = 0;                   /* how many turns have been had */
#endif

/* ---- the loop's queue ---- */
bool handed = false;
byte hands = HANDS;

#define of(who, word)       (((who) * WORDS) + (word))
#define sees(who, word)     (pending[of(who, word)] > 0 -> latest[of(who, word)] : memory[word])
#define stands(who)         (sees(who, OWNER) != 0 && sees(who, OWNER) < ENDING)

#define leave_buffer(who)   buffer[who]?word_, value_; memory[word_] = value_; pending[of(who, word_)]--

inline store(word, value) {
    atomic {
        buffer[me]!word, value;
        pending[of(me, word)]++;
        latest[of(me, word)] = value
    }
}

inline empty_buffer(who) {
    do
    :: nempty(buffer[who]) -> leave_buffer(who)
    :: empty(buffer[who]) -> break
    od
}

inline empty_all() {
    other = 0;
    do
    :: other <= CLOSER -> empty_buffer(other); other++
    :: other > CLOSER -> break
    od;
    other = 0
}

active [USERS + 2] proctype StoreBuffer() {
    byte word_, value_;
end:
    do
    :: atomic { nempty(buffer[_pid]) -> leave_buffer(_pid) }
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

/* A thread that ends a turn, or closes the sender, unmaps the segment if no thread uses it. */
inline leave_unless_used() {
    if
#ifdef LEAVE_AT_ONCE
    :: true ->
#else
    :: sees(me, STATE) != TAKEN && !sees(me, MARK) ->     /* STEP dispose.look-for-use */
#endif
        atomic {                                /* STEP dispose.wait-left */
            empty_buffer(me);
            assert(having == 0);
            left = true                         /* STEP dispose.unmap */
        }
#ifndef LEAVE_AT_ONCE
    :: else
#endif
    fi
}

inline leave_if_closed() {
    if
#ifndef NOBODY_LEAVES
    :: CLOSE > 0 && sees(me, CLOSED) ->         /* STEP dispose.look-for-mark */
#if !defined(NO_LEAVE_BARRIER) && !defined(LEAVE_AT_ONCE)
        atomic { empty_all() };                 /* STEP dispose.leave-barrier */
#endif
        leave_unless_used()
#endif
    :: else
    fi
}

/* What a thread that was refused does, under the lock of the pool; with an empty buffer, as after any lock. */
inline look() {
    atomic { !locked -> locked = true };
    if
#ifndef STATE_NOT_ASKED
    :: sees(me, STATE) == RESERVED ->           /* STEP turn.look-for-reservation */
#else
    :: true ->
#endif
        if
        :: sees(me, OWNER) != ENDED ->
            store(OWNER, ENDING);               /* STEP turn.end-reservation */
#ifndef NO_BARRIER
            atomic { empty_all() };             /* STEP turn.barrier */
#endif
            store(OWNER, ENDED)
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

#define begin \
    having++; \
    assert(having == 1 && !left)

/* The work of a turn: it reads what the previous turn has written, here the number of turns, and writes it. */
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

/* Ends a turn that was not reserved. */
inline end_taken() {
    store(STATE, FREE);                         /* STEP turn.end */
    leave_if_closed();
    tell()
}

inline end_reserved() {
    if
#ifdef NO_LOOK_FOR_END
    :: true
#else
    :: stands(me)                               /* STEP turn.look-for-end */
    :: else -> leave_if_closed(); tell()
#endif
    fi
}

inline end_turn() {
    if
    :: atomic { sees(me, STATE) == RESERVED -> having--; store(MARK, false) };   /* STEP turn.unmark */
        end_reserved()
    :: atomic { else -> having-- };
        if
#ifdef RESERVE_AGAIN
        :: atomic { memory[OWNER] == 0 || memory[OWNER] == ENDED ->
#else
        :: atomic { memory[OWNER] == 0 ->       /* STEP turn.reserve */
#endif
            near = true;
#ifndef STATE_FIRST
            empty_buffer(me);
            memory[OWNER] = me + 1
            };
            store(STATE, RESERVED)              /* STEP turn.reserved */
#else
            store(STATE, RESERVED)
            };
            atomic { empty_buffer(me); memory[OWNER] = me + 1 }
#endif
        :: store(STATE, FREE)
        fi;
        leave_if_closed();
        tell()
    fi
}

/* The loop's thread never reserves. */
inline end_turn_of_loop() {
    if
    :: atomic { sees(me, STATE) == RESERVED -> having--; store(MARK, false) };
        end_reserved()
    :: atomic { else -> having-- };
        end_taken()
    fi
}

proctype User(byte me) {
    byte turns = 0, quota = (me == 0 -> TURNS : OTHERS);
    byte word_, value_, other;
    bool has = false, near = false;
#ifdef PLAIN_MARK
    byte early = NONE;
#endif

    do
    :: turns == quota -> break
    :: turns < quota ->
        if
        :: near || sees(me, OWNER) == me + 1 -> /* STEP turn.look */
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
                :: stands(me) -> has = true     /* STEP turn.look-again */
                :: else -> near = false; store(MARK, false)     /* STEP turn.give-up */
                fi
#endif
            fi
        :: sees(me, OWNER) != me + 1 -> take(); goto taken
        fi;
        if :: has -> goto served :: else fi;
        take();                                 /* the slow way begins with another attempt */
taken:
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
                :: CLOSE > 0 && sees(me, CLOSED) -> leave_if_closed(); break
                :: else ->
                    look();
                    if :: has -> break :: else fi;
                    atomic { permits > 0 -> permits-- }
                od;
                waiting--
            :: else
            fi
        :: else
        fi;
        if
        :: !has -> break                        /* closed while it waited */
#ifndef CLOSED_NOT_READ
        :: has && CLOSE > 0 && sees(me, CLOSED) ->     /* STEP dispose.look-before-use */
            has = false;                        /* it has touched nothing */
            end_taken();
            break
#endif
        :: else
        fi;
served:
        has = false;
        turns++;
        if
        :: atomic { begin; work }; end_turn()
        :: atomic { hands > 0 -> hands--; begin; forget; empty_buffer(me); handed = true }    /* the queue has a lock */
        fi
    od
}

active proctype Loop() {
    byte me = LOOP;
    byte word_, value_, other;
#ifdef PLAIN_MARK
    byte early = NONE;
#endif

end_idle:
    do
    :: atomic { handed -> handed = false; work }; end_turn_of_loop()
    od
}

#if CLOSE > 0
active proctype Closer() {
    byte me = CLOSER;
    byte word_, value_, other;

    /* The reservation ends first: a thread that sees the mark may leave, and must find every use that began under the reservation. */
#ifdef CLOSE_MARKS_FIRST
    store(CLOSED, true);
#endif
#ifndef CLOSE_KEEPS
    if
    :: sees(me, OWNER) != ENDED -> atomic { empty_buffer(me); memory[OWNER] = ENDING }   /* STEP turn.forbid */
    :: else
    fi;
#endif
#ifndef CLOSE_MARKS_FIRST
    store(CLOSED, true);                        /* STEP dispose.mark */
#endif
#ifndef NO_CLOSE_BARRIER
    atomic { empty_all() };                     /* STEP dispose.close-barrier */
#endif
    leave_unless_used();
    permits = permits + (waiting > 0 -> waiting : 1);
    left                                        /* otherwise this is an invalid end state */
}
#endif

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
