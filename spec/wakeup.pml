/* How the receiver sleeps until a message comes, how senders sleep until there is space, and how they are woken.

   THE WORLD. SENDERS senders send SENDS messages each through a ring of CAP records to one receiver.
   A participant that finds nothing to do raises a word, checks again, and sleeps on the word as long as it is raised:
   the message word for the receiver, and the shared space word for the senders. A participant that has made
   work for the other side checks the word, and only if it is raised, lowers it and wakes all that
   sleep on it. So the side that sleeps pays, and the side that runs does not.

   MEMORY. The danger is that both sides check too early: a sender's stamp may still be in the store
   buffer of its processor when it reads the word and finds it lowered, while the receiver raises the
   word and finds no stamp. So the two stores that race with a load, the stamp and the head, become
   visible at any later time and in any order here, and at once only by a fence of the process that stored
   them, or by the barrier of the process that goes to sleep, which acts like a fence in every other process.
   Raising or lowering a word is visible at once: a later time would be the same as a later step,
   because the barrier follows before the next access that it could race with. The claim itself (reservation.pml)
   is one step here.

   CANCELLATION. Another thread of the same process may end a wait early: it marks a token, lowers the word
   and wakes all that sleep on it. A participant that is woken without a reason of its own starts anew and raises the word
   again. In the same way a disposer ends the receiver, and a deleter ends everything; a timeout needs no other thread.

   DELETION. The receiver of a channel that was marked retired ends when it has received everything. A sender
   may have checked the mark before it was set, and may claim after the receiver has found the ring empty. So the
   receiver claims all the room before it ends, unless another claim has been made since: that sender then finds the
   ring full, and checks the mark again before it sleeps.

   DEATH. A process that dies after it has stored a stamp (or head) and before it has woken the other side owes
   a wake-up that no other process makes up for: a word that it has already lowered even keeps the next ones from
   waking. Therefore participants do not sleep for ever, but in slices, and check again after each slice. A slice
   ends here when nothing else can happen any more, and only if a wake-up is owed. So slices hide no
   wake-up that a living process has lost.

   CHECKED when nothing can happen any more: everything committed was received, all senders have finished,
   no participant sleeps with work pending, and if the channel was deleted, the receiver has ended.

   Run spec/check; or by hand
     spin -a -DBARRIER=1 wakeup.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef SENDERS
#define SENDERS 2
#endif
#ifndef SENDS
#define SENDS 2                 /* SENDERS * SENDS is 6 at most */
#endif
#ifndef CAP
#define CAP 1
#endif
#ifndef FENCE
#define FENCE 0                 /* a bit for each participant that fences after stamp or head: senders from bit 0 on,
                                   the receiver in bit SENDERS; 255 for all */
#endif
#ifndef BARRIER
#define BARRIER 0               /* 1: a participant that goes to sleep makes the stores of all visible; 0: only its own */
#endif
#ifndef CANCEL
#define CANCEL 0                /* a bit for each participant whose wait is cancelled once, at any time */
#endif
#ifndef TIMEOUTS
#define TIMEOUTS 0              /* waits that time out */
#endif
#ifndef PAUSE
#define PAUSE 0                 /* 1: the receiver may stop receiving between two messages, for good */
#endif
#ifndef DISPOSE
#define DISPOSE 0               /* 1: the receiver is disposed by another thread, at any time */
#endif
#ifndef DELETE
#define DELETE 0                /* 1: the channel is marked retired, at any time */
#endif
#ifndef DEATHS
#define DEATHS 0                /* senders and cancellers that die */
#endif
#ifndef RDEATHS
#define RDEATHS 0               /* receivers that die; each is replaced */
#endif
#ifndef SLICES
#define SLICES 2                /* which participants sleep in slices: 0 none, 1 those that see something stuck or full when
                                   they go to sleep, 2 all */
#endif
/* EVENTS: named events of Windows instead of futexes. Sleeping then means waiting for an event, which knows
   nothing of the word and stays set once it is set. That of the receiver resets itself when it wakes the receiver. That of the
   senders wakes all of them; a sender resets it, and checks the word once more, before it waits. If the word has been
   lowered, the event may have been set for another sender, so it is set again. */
/* mutations, all of them errors:
   NO_RECHECK          goes to sleep without checking again
   NO_RECHECK_TOKEN    does not check the token again
   WAKE_BEFORE_MARK    a canceller lowers the word and wakes before it marks the token
   SPACE_BIT           the space word is a bit, like the message word
   WAKE_ONE            wakes only one of the sleepers
   LOWER_SPACE         a sender that has been woken lowers the space word, as the receiver does with its own
   EARLY_UNMAP         a disposer does not wait until the receiver has left before it unmaps
   EVENT_WAKES_ONE     the event of the senders resets itself, like that of the receiver
   NO_LOOK             a sender does not check the word after it has reset the event
   KEEP_RESET          it does not set the event again when it finds the word lowered
   NO_SEAL             the receiver of a retired channel ends without claiming the free room
   NO_RECHECK_RETIRED  the receiver does not check the mark after it has raised its word
   NO_WAKE_RECEIVER    a deleter wakes only the senders */

#define TOTAL       (SENDERS * SENDS)
#define RECEIVER    SENDERS             /* the receiver's number among the participants */
#define ALL         (SENDERS + 1)
#define BUFFERED    1                   /* a stamp in the store buffer of its owner ... */
#define VISIBLE     2                   /* ... and in memory */

/* ---- shared memory ---- */
byte tail = 0;
byte head = 0, seen_head = 0;           /* as the receiver stored it, and as it is in memory */
byte stamp[7];                          /* of each position */
bool message_word = false;              /* raised or not */
byte space_word = 0;                    /* odd if it is raised; each wake-up increments it */
bool retired = false;
byte seal = 0;                          /* the part of tail - head that the receiver has claimed itself */

/* ---- memory of one process, or of the kernel ---- */
byte owner[7];                          /* the process whose store buffer holds the stamp */
bool token[ALL];                        /* the wait is cancelled */
bool asleep[ALL];                       /* sleeps in the kernel ... */
bool sliced[ALL];                       /* ... and not for ever */
bool disposed = false, paused = false, ended = false, inside = true, mapped = true;

/* ---- the observer ---- */
byte finished = 0, timeouts = 0, deaths = 0, rdeaths = 0;
bool debt = false;                      /* a process died that owed a wake-up */

#define full            (tail - seen_head >= CAP)
#define odd(w)          ((w) & 1)
#define ready           (stamp[head] == VISIBLE)
#define over_for_all    (retired && tail == head)
#define visible(i)      stamp[i] = VISIBLE; owner[i] = 0
#define fenced(who)     ((FENCE >> (who)) & 1)

/* Everything that "who" has stored becomes visible; with a barrier, everything that any process has stored. */
inline barrier(who) {
    byte d;
    d_step {
        d = 0;
        do
        :: d < TOTAL ->
            if
            :: stamp[d] == BUFFERED && (BARRIER || owner[d] == who) -> visible(d)
            :: else
            fi;
            d++
        :: else -> break
        od;
        d = 0;
        if :: BARRIER || who == RECEIVER -> seen_head = head :: else fi
    }
}

/* Without a fence, a store becomes visible at any time. */
#define becomes_visible(i)  :: atomic { stamp[i] == BUFFERED -> visible(i) }

active proctype StoreBuffers() {
end:
    do
    becomes_visible(0) becomes_visible(1) becomes_visible(2)
    becomes_visible(3) becomes_visible(4) becomes_visible(5)
    :: atomic { seen_head < head -> seen_head++ }
    od
}

#define sleep_if(condition, who, stuck) \
    if \
    :: condition -> asleep[who] = true; sliced[who] = (SLICES == 2 || (SLICES == 1 && (stuck))) \
    :: else \
    fi

#ifdef EVENTS
bool message_event = false, space_event = false;

/* Checking the word and sleeping are two steps; the event remembers what comes between them. */
#define sleep_receiver(stuck) \
    if \
    :: message_word -> atomic { sleep_if(!message_event, RECEIVER, stuck); message_event = false } \
    :: else \
    fi
#ifdef NO_LOOK
#define lowered         false
#else
#define lowered         (space_word != ticket)
#endif
#ifdef KEEP_RESET
#define set_again       skip
#else
#define set_again       wake_senders()
#endif
#define sleep_sender(who) \
    space_event = false; \
    if \
    :: !lowered -> atomic { sleep_if(!space_event, who, true) } \
    :: else -> set_again \
    fi
#define wake_receiver   atomic { message_event = !asleep[RECEIVER]; asleep[RECEIVER] = false }
#else
/* The kernel puts the caller to sleep only if the word is still as the caller raised it, in one step. */
#define sleep_receiver(stuck)   atomic { sleep_if(message_word, RECEIVER, stuck) }
#define sleep_sender(who)       atomic { sleep_if(space_word == ticket, who, true) }
#define wake_receiver           asleep[RECEIVER] = false
#endif

/* The space word is shared. If it were a bit like the message word, a wake-up could be lost: A raises
   it and sees that the ring is full; the receiver makes space, lowers the word, and has no sleeper to wake; B raises it
   again; A goes to sleep, because the word is raised. Then B, which sees the space, gives up or dies instead of
   taking it: A sleeps beside an empty ring. So a wake-up changes the word for good, and a sender that goes to sleep
   states the value that it has raised. */
#ifdef SPACE_BIT
#define raise_space     space_word = 1; ticket = 1
#define lower_space     space_word = 0
#else
#define raise_space     space_word = space_word | 1; ticket = space_word
#define lower_space     space_word = space_word + odd(space_word)
#endif

inline wake_senders() {
    byte w;
#ifdef EVENTS
    atomic {
#ifdef EVENT_WAKES_ONE
        if
        :: asleep[0] -> asleep[0] = false
        :: asleep[1] -> asleep[1] = false
        :: !asleep[0] && !asleep[1] -> space_event = true
        fi
#else
        space_event = true;
        d_step { w = 0; do :: w < SENDERS -> asleep[w] = false; w++ :: else -> break od; w = 0 }
#endif
    }
#elif defined(WAKE_ONE)
    atomic { if :: asleep[0] -> asleep[0] = false :: asleep[1] -> asleep[1] = false :: !asleep[0] && !asleep[1] fi }
#else
    d_step { w = 0; do :: w < SENDERS -> asleep[w] = false; w++ :: else -> break od; w = 0 }
#endif
}

/* ------------------------------------------------------------------------------------------ sender */

#define dies        atomic { deaths < DEATHS -> deaths++; debt = debt || owes; goto over }
#define step(x...)  if :: x :: dies fi       /* an else beside dies would mean: if no process may die any more */

proctype Sender(byte me) {
    byte sent, at, ticket;
    bool raised, owes;          /* owes: has committed, and has not woken the receiver yet */

    do
    :: sent < SENDS ->
claim:
        if
        :: retired -> goto over                                         /* STEP claim.check-retired */
        :: !retired
        fi;
        if
        :: atomic { !full -> at = tail; tail++ }
        :: full ->
            step(atomic { raise_space });                               /* STEP wait.raise */
            barrier(me);                                                /* STEP wait.barrier */
#ifndef NO_RECHECK
            if
            :: atomic { !full -> ticket = 0; goto claim }               /* STEP wait.recheck */
            :: full
            :: dies
            fi;
#endif
#ifndef NO_RECHECK_TOKEN
            if
            :: atomic { token[me] -> token[me] = false; ticket = 0; goto next } /* STEP wait.recheck-token */
            :: retired -> goto over
            :: else
            fi;
#endif
            sleep_sender(me);                                           /* STEP wait.sleep */
end_asleep:
            if
            :: atomic { !asleep[me] -> sliced[me] = false }
            :: atomic { asleep[me] && timeouts < TIMEOUTS -> timeouts++; asleep[me] = false; sliced[me] = false; ticket = 0; goto next }
            :: atomic { asleep[me] && deaths < DEATHS -> deaths++; asleep[me] = false; sliced[me] = false; goto over }
            fi;
            /* The word is not lowered here: others may sleep on it, and would not be woken any more.
               That it stays raised costs the receiver one exchange. */
            ticket = 0;
#ifdef LOWER_SPACE
            lower_space;
#endif
            goto claim
        fi;

        /* A fence right after a store is the same as a store that is visible at once. */
        d_step {
            stamp[at] = BUFFERED; owner[at] = me;                       /* STEP commit.stamp */
            if :: fenced(me) -> visible(at) :: else fi;                 /* STEP commit.fence */
            at = 0; owes = true
        };
        step(raised = message_word);                                    /* STEP wake.check */
        if
        :: raised ->
            step(atomic { raised = message_word; message_word = false }); /* STEP wake.exchange */
            if
            :: raised -> step(wake_receiver)                            /* STEP wake.wake */
            :: else
            fi
        :: else
        fi;
        atomic { raised = false; owes = false };
next:
        sent++
    :: else -> break
    od;
over:
    finished++
}

/* ---------------------------------------------------------------------------------------- receiver */

#define touch       assert(mapped)
#define rdies       atomic { rdeaths < RDEATHS -> rdeaths++; debt = debt || owes; owes = false; raised = false; goto replaced }
#define rstep(x...) if :: x :: rdies fi

/* The mark has been read before, and is never cleared. */
#ifdef NO_SEAL
#define seal_ring   over_for_all -> ended = true                        /* STEP retire.seal */
#else
#define seal_ring   over_for_all -> seal = CAP; tail = tail + CAP; ended = true /* STEP retire.seal */
#endif

active proctype Receiver() {
    bool raised, owes;

replaced:
end_paused:
    do
    :: disposed -> break
    :: ended -> break
    :: atomic { !paused && !disposed && !ended && seal_ring }
    :: PAUSE && !paused && !disposed && !ended -> paused = true
    :: ready && !paused ->
        touch;
        d_step {
            head++; owes = true;                                        /* STEP release.publish-head */
            if :: fenced(RECEIVER) -> seen_head = head :: else fi       /* STEP release.fence */
        };
        touch;
        rstep(raised = odd(space_word));                                /* STEP wake.check */
        if
        :: raised ->
            rstep(atomic { raised = odd(space_word); lower_space });    /* STEP wake.exchange */
            if
            :: raised -> if :: true -> wake_senders() :: rdies fi       /* STEP wake.wake */
            :: else
            fi
        :: else
        fi;
        atomic { raised = false; owes = false }
    :: !ready && !paused && !disposed && !ended ->
        touch;
        rstep(message_word = true);                                     /* STEP wait.raise */
        barrier(RECEIVER);                                              /* STEP wait.barrier */
        touch;
        if
#ifndef NO_RECHECK
        :: ready -> goto lower                                          /* STEP wait.recheck */
#endif
#ifndef NO_RECHECK_RETIRED
        :: atomic { seal_ring; goto lower }
#endif
#ifndef NO_RECHECK_TOKEN
        :: disposed -> goto lower                                       /* STEP wait.recheck-token */
        :: atomic { token[RECEIVER] -> token[RECEIVER] = false; goto lower }
#endif
        :: else
        fi;
        touch;
        sleep_receiver(tail != head);                                   /* STEP wait.sleep */
end_asleep:
        if
        :: atomic { !asleep[RECEIVER] -> sliced[RECEIVER] = false }
        :: atomic { asleep[RECEIVER] && timeouts < TIMEOUTS -> timeouts++; asleep[RECEIVER] = false; sliced[RECEIVER] = false }
        :: atomic { asleep[RECEIVER] && rdeaths < RDEATHS -> rdeaths++; asleep[RECEIVER] = false; sliced[RECEIVER] = false; goto replaced }
        fi;
lower:
        touch;
        rstep(message_word = false)                                     /* STEP wait.lower */
    od;
    inside = false
}

/* ------------------------------------------------------------------- those who end waits of others */

#define owing_death     atomic { deaths < DEATHS -> deaths++; debt = true; goto over }

proctype Canceller(byte who) {
#ifdef WAKE_BEFORE_MARK
    if
    :: who == RECEIVER -> message_word = false; wake_receiver
    :: else -> lower_space; wake_senders()
    fi;
    token[who] = true;
#else
    token[who] = true;                                                  /* STEP cancel.mark */
    if
    :: who == RECEIVER -> message_word = false; wake_receiver
    :: else ->
        lower_space;                                                    /* STEP cancel.exchange */
        if :: true -> wake_senders() :: owing_death fi                  /* STEP cancel.wake */
    fi;
#endif
over:
    skip
}

proctype Disposer() {
    disposed = true;                                                    /* STEP dispose.mark */
    message_word = false;                                               /* STEP dispose.exchange */
    wake_receiver;                                                      /* STEP dispose.wake */
#ifndef EARLY_UNMAP
    !inside;                                                            /* STEP dispose.wait-left */
#endif
    mapped = false                                                      /* STEP dispose.unmap */
}

proctype Deleter() {
    bool raised;
    retired = true;                                                     /* STEP retire.mark */
#ifndef NO_WAKE_RECEIVER
    atomic { raised = message_word; message_word = false };             /* STEP retire.exchange */
    if
    :: raised -> if :: true -> wake_receiver :: owing_death fi          /* STEP retire.wake */
    :: else
    fi;
#endif
    lower_space;                                                        /* STEP retire.exchange */
    if :: true -> wake_senders() :: owing_death fi;                     /* STEP retire.wake */
over:
    skip
}

/* ------------------------------------------------------------------------------------------ observer */

/* timeout holds when nothing else can happen. */
active proctype Time() {
    byte s;
    do
    :: timeout ->
        if
        :: debt ->
            /* The slices end: those that sleep in slices wake up, the others do not. */
            d_step {
                debt = false; s = 0;
                do :: s < ALL -> if :: sliced[s] -> asleep[s] = false :: else fi; s++ :: else -> break od;
                s = 0
            }
        :: else -> break
        fi
    od;
    assert(disposed || paused || head + seal == tail);
    assert(!retired || disposed || paused || ended);
    assert(disposed || paused || finished == SENDERS);
    /* No participant sleeps with work pending. */
    assert(!asleep[RECEIVER] || (!ready && !token[RECEIVER] && !disposed && !over_for_all));
    s = 0;
    do
    :: s < SENDERS -> assert(!asleep[s] || (full && !token[s] && !retired)); s++
    :: else -> break
    od
}

init {
    byte q;
    atomic {
        do
        :: q < SENDERS ->
            run Sender(q);
            if :: (CANCEL >> q) & 1 -> run Canceller(q) :: else fi;
            q++
        :: else -> break
        od;
        if :: (CANCEL >> RECEIVER) & 1 -> run Canceller(RECEIVER) :: else fi;
        if :: DISPOSE -> run Disposer() :: else fi;
        if :: DELETE -> run Deleter() :: else fi
    }
}
