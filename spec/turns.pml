/* How the threads of one process take turns with the first producer of a sender that they share.

   THE WORLD. USERS threads take TURNS turns each. Whoever ends a turn may reserve the next ones for itself, once in all;
   here it does so whenever it likes, instead of after many turns. Nobody has another producer to fall back on, so who
   finds the first one taken counts itself among those who wait and sleeps until a turn has ended.

   MEMORY. A thread's stores wait in the store buffer of its processor, from which they become visible one after the
   other at any later time; it sees its own at once. An interlocked operation, and a lock, empties the
   buffer of the one who makes it, a barrier in all threads of the process empties them all. Two looks must not
   come too early: who has marked its turn looks whether the reservation still stands, and who has ended a turn looks
   whether anybody waits. Neither fences: the other side of each issues the barrier.

   CHECKED: never two have the turn, and when nothing can happen any more everybody has had all turns.

   Run spec/check; or by hand
     spin -a turns.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef USERS
#define USERS 2
#endif
#ifndef TURNS
#define TURNS 3
#endif
/* mutations, all of them errors:
   NO_BARRIER          whoever ends a reservation issues no barrier
   NO_LOOK_AGAIN       its holder does not look at it again after marking its turn
   MARK_IGNORED        a reserved thing is free as soon as the reservation has ended
   STATE_NOT_ASKED     the reservation is looked for before the state says that there is one
   STATE_FIRST         the state says reserved before anybody has the reservation
   NO_WAITER_BARRIER   who waits issues no barrier between counting itself and looking
   NO_TELL_FENCE       who ends a turn trusts a permit that somebody may take before the end is visible
   RESERVE_AGAIN       reserved as often as somebody likes */

mtype = { FREE, TAKEN, RESERVED };

#define STATE   0
#define HOLDER  1               /* who has the reservation, counted from 1; 0 for nobody */
#define MARK    2               /* the holder takes a turn */
#define WORDS   3

/* ---- memory ---- */
byte memory[WORDS];
byte waiting = 0, permits = 0;
bool locked = false, reserved_once = false;

/* ---- store buffers: the stores on their way, and for each word how many of them and the last value ---- */
chan buffer0 = [6] of { byte, byte };
chan buffer1 = [6] of { byte, byte };
chan buffer2 = [6] of { byte, byte };
byte pending[9], latest[9];

/* ---- the observer ---- */
byte having = 0, finished = 0;

#define of(who, word)       (((who) * WORDS) + (word))
#define sees(who, word)     (pending[of(who, word)] > 0 -> latest[of(who, word)] : memory[word])

#define drain(who, buffer)  \
    do \
    :: nempty(buffer) -> buffer?word_, value_; memory[word_] = value_; pending[of(who, word_)]-- \
    :: empty(buffer) -> break \
    od

inline store(word, value) {
    atomic {
        if
        :: me == 0 -> buffer0!word, value
        :: me == 1 -> buffer1!word, value
        :: me == 2 -> buffer2!word, value
        fi;
        pending[of(me, word)]++;
        latest[of(me, word)] = value
    }
}

inline empty_own() {
    if
    :: me == 0 -> drain(0, buffer0)
    :: me == 1 -> drain(1, buffer1)
    :: me == 2 -> drain(2, buffer2)
    fi
}

inline empty_all() { drain(0, buffer0); drain(1, buffer1); drain(2, buffer2) }

#define becomes_visible(who, buffer)  \
    :: atomic { nempty(buffer) -> buffer?word_, value_; memory[word_] = value_; pending[of(who, word_)]-- }

active proctype StoreBuffers() {
    byte word_, value_;
end:
    do
    becomes_visible(0, buffer0)
    becomes_visible(1, buffer1)
    becomes_visible(2, buffer2)
    od
}

/* One interlocked operation. */
inline take() {
    atomic {                                    /* STEP turn.take */
        empty_own();
        has = (memory[STATE] == FREE);
        if :: has -> memory[STATE] = TAKEN :: else fi
    }
}

/* Under the lock of the pool, the way of all who were refused. */
inline look() {
    atomic { !locked -> locked = true; empty_own() };
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
    atomic { empty_own(); locked = false }
}

proctype User(byte me) {
    byte turns = 0;
    byte word_, value_;
    bool has = false;

    do
    :: turns == TURNS -> break
    :: turns < TURNS ->
        if
        :: sees(me, HOLDER) == me + 1 ->        /* STEP turn.look */
            store(MARK, true);                  /* STEP turn.mark */
#ifdef NO_LOOK_AGAIN
            has = true
#else
            if
            :: sees(me, HOLDER) == me + 1 -> has = true     /* STEP turn.look-again */
            :: else -> store(MARK, false)       /* STEP turn.give-up */
            fi
#endif
        :: else -> take()
        fi;
        if
        :: !has ->
            look();
            if
            :: !has ->
                atomic { empty_own(); waiting++ };          /* STEP turn.count */
#ifndef NO_WAITER_BARRIER
                atomic { empty_all() };         /* STEP turn.wait-barrier */
#endif
                do
                :: look();
                    if :: has -> break :: else fi;
                    atomic { permits > 0 -> permits--; empty_own() }
                od;
                atomic { empty_own(); waiting-- }
            :: else
            fi
        :: else
        fi;

        having++;
        assert(having == 1);
        having--;

        has = false;
        turns++;
        if
        :: sees(me, STATE) == RESERVED -> store(MARK, false)    /* STEP turn.unmark */
        :: else ->
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
                store(HOLDER, me + 1);          /* STEP turn.reserve */
                store(STATE, RESERVED)          /* STEP turn.reserved */
#endif
            :: store(STATE, FREE)               /* STEP turn.end */
            fi
        fi;
        if
        :: waiting > 0 ->                       /* STEP turn.look-for-waiting */
#ifndef NO_TELL_FENCE
            atomic { empty_own() };             /* STEP turn.tell-fence */
#endif
            if
            :: permits < waiting -> atomic { empty_own(); permits++ }   /* STEP turn.tell */
            :: else
            fi
        :: else
        fi
    od;
    finished++
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
