/* How a forwarder sends each message of a source exactly once, although it may die at any step.

   THE WORLD. A source has MESSAGES messages, numbered from 1. One forwarder at a time sends them into a ring of CAP cells. When it dies, the next
   one continues from what the slots say. Other senders claim cells, too, and stamp them or die. The receiver takes what is stamped, skips the
   gaps of the dead, and frees the cells. A record takes one cell; position p lies in cell p % CAP, and its stamp is valid until another record
   is stamped there.

   A slot of the source has two words besides its claim. PENDING is stored after the claim is won and before its stamp, and CONFIRMED after the stamp. So if the
   two differ after a death, the claim in the slot is that of the pending message, and its stamp shows whether it was sent. Once head has
   passed it, the stamp may be gone, but then the message was received, or the receiver has reset PENDING before it skipped the gap.

   The lock of a slot, the evidence in a recovery and the rules for its next owner are in reservation.pml. Here a dead slot may be taken over when
   its claim is stamped, behind head, or was never won.

   CHECKED. The receiver gets the messages of the source in their order, each once. When all are sent and the ring is drained, it has all of them.
   By invalid end states: no process waits for ever.

   LEFT OUT. Two forwarders that start at the same moment (each sees the other and fails). Messages of several cells. */
#ifndef CAP
#define CAP 2
#endif
#ifndef MESSAGES
#define MESSAGES 2
#endif
#ifndef OTHERS
#define OTHERS 2                /* claims of other senders, each of which may die within it */
#endif
#ifndef DEATHS
#define DEATHS 2                /* forwarders that die */
#endif
/* mutations, all of them errors:
   PENDING_LATE      stores pending after the stamp
   CONFIRMED_EARLY   stores confirmed before the stamp
   NO_DISOWN         the receiver skips a gap and leaves pending as it is
   DISOWN_LATE       the receiver resets pending after it has moved head
   NO_HEAD           trusts what it found where the stamp was, without checking head
   HEAD_FIRST        checks head before the stamp
   NO_SETTLE         clears the claim of a slot that it takes over without settling the two words
   FORGET_FIRST      gives up the old slots before the new one records what was sent */

#define SLOTS 2
#define NONE 255

/* ---- shared memory ---- */
byte tail = 0, head = 0;
byte stamp[CAP] = NONE;
byte number[CAP];               /* which message of the source it is; 0: another sender's */
byte claim[SLOTS] = NONE;
byte pending[SLOTS], confirmed[SLOTS];
bool ours[SLOTS];               /* the slot belongs to the source */

/* ---- the kernel ---- */
bool locked[SLOTS];

/* ---- the observer ---- */
byte received = 0, deaths = 0;
byte gap[CAP] = NONE;           /* a claim of another sender that died */
bool finished = false, othersDone = false;

#define cell(p)     ((p) % CAP)
#define valid(p)    (stamp[cell(p)] == (p))
#define usable(s)   (claim[s] == NONE || claim[s] < head || claim[s] >= tail || valid(claim[s]))

#define dies        atomic { deaths < DEATHS -> deaths++; locked[mine] = false; goto begin }
#define step(x...)  if :: x :: dies fi

/* Takes over slot s, whose last owner is dead. */
#ifdef NO_SETTLE
#define settle(s)   skip
#else
#define settle(s) \
    if \
    :: pending[s] != confirmed[s] && claim[s] != NONE -> step(confirmed[s] = pending[s]) \
    :: pending[s] != confirmed[s] && claim[s] == NONE -> step(pending[s] = confirmed[s]) \
    :: else \
    fi
#endif

proctype Forwarder() {
    byte mine = 0, s = 0, c = 0, p = 0, t = 0;
    byte last = 0;              /* the last message that is in the channel */
    bool isStamped = false, isPassed = false;

begin:
    atomic { mine = 0; s = 0; c = 0; p = 0; t = 0; last = 0; isStamped = false; isPassed = false };

    /* The last message, according to the slots of the source. */
    do
    :: s < SLOTS && ours[s] ->
        step(c = confirmed[s]);                                         /* STEP source.read-confirmed */
        step(p = pending[s]);                                           /* STEP source.read-pending */
        if
        :: p != c && claim[s] != NONE ->
            t = claim[s];
#ifdef HEAD_FIRST
            step(isPassed = (head > t));
#endif
            step(isStamped = valid(t));                                 /* STEP source.check-stamp */
#ifndef HEAD_FIRST
            step(isPassed = (head > t));                                /* STEP source.recheck-head */
#endif
#ifdef NO_HEAD
            isPassed = false;
#endif
            if
            :: isPassed -> step(c = pending[s])                         /* STEP source.reread-pending */
            :: !isPassed && isStamped -> c = p
            :: else
            fi
        :: else
        fi;
        d_step { last = (c > last -> c : last); c = 0; p = 0; t = 0; isStamped = false; isPassed = false; s++ }
    :: s < SLOTS && !ours[s] -> s++
    :: else -> break
    od;

    /* A slot for this forwarder: one of the source if it is usable, otherwise another one. */
#ifdef FORGET_FIRST
    s = 0;
    do
    :: s < SLOTS && ours[s] && usable(s) -> step(d_step { claim[s] = NONE; ours[s] = false; pending[s] = 0; confirmed[s] = 0 }); s++
    :: s < SLOTS && !(ours[s] && usable(s)) -> s++
    :: else -> break
    od;
#endif
    if
    :: atomic { ours[0] && usable(0) -> mine = 0; locked[0] = true }
    :: atomic { ours[1] && usable(1) -> mine = 1; locked[1] = true }
    :: atomic { !(ours[0] && usable(0)) && !(ours[1] && usable(1)) && !ours[0] && usable(0) -> mine = 0; locked[0] = true }
    :: atomic { !(ours[0] && usable(0)) && !(ours[1] && usable(1)) && !ours[1] && usable(1) -> mine = 1; locked[1] = true }
    fi;
    settle(mine);                                                       /* STEP source.settle */
    step(claim[mine] = NONE);
    step(confirmed[mine] = last);
    step(pending[mine] = last);
    step(ours[mine] = true);
    s = 1 - mine;
    if
    :: ours[s] && usable(s) ->
        settle(s);
        step(claim[s] = NONE);
        step(ours[s] = false);                                          /* STEP source.forget */
        step(confirmed[s] = 0);
        step(pending[s] = 0)
    :: else
    fi;
    s = 0;

    do
    :: last < MESSAGES ->
again:
        if
        :: atomic { tail < head + CAP -> t = tail }
        :: dies
        fi;
        step(claim[mine] = t);
        step(atomic { if :: tail == t -> tail = t + 1 :: else -> goto again fi });
#ifndef PENDING_LATE
        step(pending[mine] = last + 1);                                 /* STEP source.store-pending */
#endif
#ifdef CONFIRMED_EARLY
        step(confirmed[mine] = last + 1);
#endif
        step(d_step { stamp[cell(t)] = t; number[cell(t)] = last + 1 });
#ifdef PENDING_LATE
        step(pending[mine] = last + 1);
#endif
#ifndef CONFIRMED_EARLY
        step(confirmed[mine] = last + 1);                               /* STEP source.store-confirmed */
#endif
        last++
    :: else -> break
    od;
    step(atomic { claim[mine] = NONE; locked[mine] = false; finished = true })
}

active proctype Others() {
    byte left = OTHERS;
    do
    :: left > 0 && tail < head + CAP ->
        atomic {
            if
            :: tail < head + CAP && stamp[cell(tail)] != tail ->
                if
                :: stamp[cell(tail)] = tail; number[cell(tail)] = 0
                :: gap[cell(tail)] = tail
                fi;
                tail++; left--
            :: else
            fi
        }
    :: left > 0 && finished -> break
    :: left == 0 -> break
    od;
    othersDone = true
}

#define is_dead(s)      (claim[s] == head && !locked[s])
#define is_living(s)    (claim[s] == head && locked[s])
#ifdef DISOWN_LATE
#define the_gap         (head - 1)
#else
#define the_gap         head
#endif

active proctype Receiver() {
    byte s = 0;
receive:
    if
    :: atomic { head < tail && valid(head) ->
            if
            :: number[cell(head)] != 0 -> received++; assert(number[cell(head)] == received)
            :: else
            fi;
            head++
        };
        goto receive
    :: atomic { head < tail && !valid(head) && gap[cell(head)] == head -> skip }
    :: atomic { head < tail && !valid(head) && (is_dead(0) || is_dead(1)) && !is_living(0) && !is_living(1) -> skip }
    :: atomic { head == tail && finished && othersDone -> goto drained }
    fi;

    /* The gap of a dead sender. */
#ifdef DISOWN_LATE
    head++;
#endif
#ifndef NO_DISOWN
    s = 0;
    do
    :: s < SLOTS ->
        if
        :: atomic { claim[s] == the_gap && !locked[s] && pending[s] != confirmed[s] -> pending[s] = confirmed[s] }  /* STEP source.disown */
        :: else
        fi;
        s++
    :: else -> break
    od;
    s = 0;
#endif
#ifndef DISOWN_LATE
    head++;
#endif
    goto receive;

drained:
    assert(received == MESSAGES)
}

init { run Forwarder() }
