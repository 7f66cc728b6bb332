/* How memory of the ring is claimed, committed, received, held, released and, after a death, recovered.

   THE WORLD. SENDERS senders and one receiver share a ring of CAP cells and a table of SLOTS slots.
   A cell stands for 16 bytes; positions are counted in cells since the creation of the channel and are
   never folded; position p lies in cell p % CAP. The owner of a slot holds its lock, which the kernel
   drops when the holder dies. A sender claims 1 to MAXLEN cells for one message or, with BATCH, for
   several messages of one cell each under one claim. With SHORTEN it may commit less than it has claimed. With
   TRAILER a message may carry its time and trace context behind its payload, where its length does not count them.

   HOLDING. The receiver has two positions: head, before which all space is free, and its private cursor, at which
   it looks for the next record. With HOLD, up to that many records or gaps lie between the two, and head moves over
   them in their order. Releasing them in another order has the same effect on the ring: head moves when what
   is at the front is released. So the order of releases is not modelled.

   DROPPING. With LATEST the receiver drops a message if it sees a newer one of the same sender, which stands here for "of
   the same key". It sees what is committed from its cursor on, up to the first position at which nothing is. With OLDEST it drops a message while more
   than that many cells lie between its cursor and the tail. To the ring, dropping is the same as taking and releasing.

   FILLERS. A message that does not fit before the end of the lap is preceded by a filler up to there. A filler
   carries no data, so the space of one at head counts as free: a message longer than half the ring enters an
   otherwise empty ring even if the receiver is away. It may overwrite the filler. The receiver knows
   from the stamp alone where a filler ends, and recognises one that was overwritten by the tail, which is
   then, and only then, more than a lap ahead of it.

   DEATH. Every step may be the last one: step(x) is either x or the death of the sender, so a sender is killed
   between every two steps in some run. A step contains one access to shared
   memory at most. DEATHS senders and RDEATHS receivers die in one run, in every order at every place.
   A new sender joins when one has died or left, JOINS times in all, and takes any slot whose lock is free.

   CHECKED, by assertions: nothing is stamped outside of [head, head + CAP) or twice; messages of a
   sender arrive in the order they were committed, each once; a gap has an owner and an end; when all
   are gone and the ring is drained, everything that was committed has been received. With LATEST, the last message of each sender has been
   handed out, whichever process died; with OLDEST, the last message in the ring is never dropped.
   By invalid end states: no process waits for ever. This is why no process polls here: one that waits blocks on
   the condition that polling would find. A loop that runs for ever without progress would be
   no invalid end state and would hide a hang.

   LEFT OUT. Memory is sequentially consistent: docs/memory-ordering.md argues the weaker machines.
   Sleeping is in wakeup.pml, replacing and deleting a channel in retirement.pml. Stamps are compared as
   whole positions: the chance of 2^-60 that stale bytes equal one is left out, too.

   MUTATIONS. Each define at the end of the list below removes one detail of the protocol. The check
   script expects an error for each of them: this shows that the detail is needed, and that the model
   is able to detect its absence.

   Run spec/check; or by hand
     spin -a -DDEATHS=2 reservation.pml && gcc -O2 -DSAFETY -DCOLLAPSE -o pan pan.c && ./pan -m100000
*/
#ifndef CAP
#define CAP 4                   /* cells of the ring */
#endif
#ifndef SENDERS
#define SENDERS 2               /* senders alive at once */
#endif
#ifndef SLOTS
#define SLOTS SENDERS           /* slots in the table, up to 4 */
#endif
#ifndef SENDS
#define SENDS 1                 /* claims each sender makes, together with its successors */
#endif
#ifndef MAXLEN
#define MAXLEN 2                /* cells of the longest message, up to CAP */
#endif
#ifndef BATCH
#define BATCH 0                 /* 1: a claim of two cells and more may be a batch */
#endif
#ifndef ABORT
#define ABORT 0                 /* 1: a claim may be aborted */
#endif
#ifndef IDLE
#define IDLE 0                  /* 1: a sender may give up when the ring is full, and may do nothing at all
                                   until the ring is drained */
#endif
#ifndef DEATHS
#define DEATHS 0                /* senders that die */
#endif
#ifndef JOINS
#define JOINS 0                 /* senders that join later */
#endif
#ifndef START
#define START 0                 /* where head and tail are in the beginning */
#endif
#ifndef AWAY
#define AWAY 0                  /* 1: the receiver does nothing until all senders are gone */
#endif
#ifndef RDEATHS
#define RDEATHS 0               /* receivers that die; each is replaced */
#endif
#ifndef SHORTEN
#define SHORTEN 0               /* 1: a message may be committed shorter than it was claimed, and a batch may end early */
#endif
#ifndef TRAILER
#define TRAILER 0               /* 1: a message of two cells and more may have a trailer, the last of them, which its length does not count */
#endif
#ifndef HOLD
#define HOLD 0                  /* records and gaps that the receiver may hold; 0: it releases each before it takes the next */
#endif
#if HOLD == 0
#define ROOM 1
#else
#define ROOM HOLD
#endif
#ifndef LATEST
#define LATEST 0                /* 1: the receiver drops a message if it sees a newer one */
#endif
#ifndef OLDEST
#define OLDEST 0                /* the receiver drops messages while more than this many cells wait; 0: it does not */
#endif
#ifndef REWIND
#define REWIND 0                /* 1: the receiver may go back to head, the first record that is not released */
#endif
/* mutations, all of them errors unless stated otherwise:
   ALIVE_FIRST            not an error: asks the kernel about every slot, then reads the claim once
   CLAIM_ONCE             not an error: does not read the claim again after asking the kernel
   NO_EVIDENCE            not an error: takes the smallest end without looking for evidence
   ANY_END                takes the end of any dead claim
   LARGEST_END            takes the largest end for which there is evidence
   EVIDENCE_STAMP_FIRST   looks for a stamp at the end before it looks for a claim
   EVIDENCE_TAIL_LAST     reads the tail after the claims and the stamp
   CANDIDATES_AGAIN       determines the candidates again when it looks for evidence
   NO_RECHECK_STAMP       does not read the stamp again after the search
   NO_WITHDRAW            a sender that finds the ring full keeps the claim it lost in its slot
   REUSE_ANY              a slot is taken over as soon as its lock is free
   REUSE_BEHIND_HEAD      a slot is taken over only if its claim lies behind head, never if it was lost or stamped
   REUSE_FIRST_STAMPED    a slot is taken over if the first record of its claim is stamped, be it a batch
   REUSE_NO_HEAD          a slot is taken over by what its records say, without checking that they are still in place
   NO_INVALIDATE          not an error: a new length is paired with the old position
   NO_CLEAR               a slot that is taken over keeps the claim of its last owner
   CAS_FIRST              moves the tail before it stores the claim
   INVALIDATE_EARLY       takes the claim out of the slot before the stamp is stored
   DESCENDING             stamps a batch in descending order
   SHORTEN_MESSAGE_FIRST  stamps a shortened message before the rest of its claim
   SHORTEN_CLAIM          shortens the claim in the slot before it stamps
   RECEIVE_WITHOUT_TRAILER  the receiver moves over a message but not over its trailer
   REST_OVER_TRAILER      the rest of a shortened claim begins where the message would end without its trailer
   REUSE_BEHIND_CURSOR    a slot is taken over if its claim lies behind the receiver's cursor, although it is held
   RELEASE_OVER_HELD      moves head over a record that is held, to the end of a later one that is released
   GAP_OVER_HELD          moves head over a gap at once, although records before it are held
   NO_FREE_FILLER         the space of a filler at head is not free
   FREE_ANY               the space of an aborted record at head is free, too
   NO_CLEAR_FILLER        the payload that overwrites a filler leaves part of its stamp
   FILLER_BY_LENGTH       the receiver takes the end of a filler from its header
   FILLER_NOT_MISSED      the receiver does not recognise a filler that was overwritten
   NO_RECHECK_TAIL        a recovery does not read the tail again after the stamp
   RESUME_AT_CURSOR       a new receiver begins at the cursor of the last one, instead of at head
   LATEST_BY_CLAIM        takes a claim that is not committed for a newer message
   LATEST_BY_ABORTED      takes an aborted record for a newer message
   DROP_OVER_HELD         moves head over a message that it drops, although records before it are held
   OLDEST_FROM_HEAD       counts what is held as waiting */

#define NONE 255

mtype = { message, traced, padding, aborted };

/* ---- shared memory ---- */
byte tail = START;              /* where the next claim begins */
byte head = START;              /* the first record that is not released; everything before it is free */

byte stamp[CAP] = NONE;         /* the position for which the header in this cell is valid ... */
mtype state[CAP];               /* ... its state, in reality a part of the stamp, ... */
byte length[CAP];               /* ... and its length, stored before the stamp */

byte position[4] = NONE;        /* the slots: where the claim begins, */
byte extent[4];                 /* and its length */

/* ---- the kernel ---- */
bool locked[4];                 /* a live process holds the lock of the slot */

/* ---- the observer, invisible to the processes of the model ---- */
byte owner[CAP], number[CAP];   /* which sender committed the message of the cell, and its number among its messages */
byte committed[SENDERS];
byte received[SENDERS];         /* of those messages, how many the receiver has taken ... */
#if LATEST
byte delivered[SENDERS];        /* the last one that it has handed out rather than dropped */
#define deliver(p)       delivered[owner[cell(p)]] = number[cell(p)] + 1
#else
#define deliver(p)       skip
#endif
byte released[SENDERS];         /* ... and released; what a receiver held when it died is received again */
#if SHORTEN
byte begun[CAP] = NONE;         /* the claim that begins here */
#define begin(p)         begun[cell(p)] = p
#define unbegin(p)       if :: begun[cell(p)] == p -> begun[cell(p)] = NONE :: else fi
#define is_begun(p)      (begun[cell(p)] == p)
#else
#define begin(p)         skip
#define unbegin(p)       skip
#define is_begun(p)      true
#endif
byte filler[2] = NONE;          /* where the last filler of each lap begins, by the lap modulo 2 */
#if defined(REUSE_BEHIND_CURSOR) || defined(RESUME_AT_CURSOR)
byte cursor = START;
#endif
byte deaths = 0, rdeaths = 0, joins = 0, gone = 0;

#define cell(p)          ((p) % CAP)
#define valid(p)         (stamp[cell(p)] == (p))
#define lap_end(p)       ((p) + CAP - cell(p))
#define is_filler(p)     (valid(p) && state[cell(p)] == padding)
#define is_message(p)    (state[cell(p)] == message || state[cell(p)] == traced)
#define end_of(i)        (position[i] + extent[i])

/* Up to where a sender may claim. Head and the stamp there are two reads, one step here: a stamp that was valid for
   head when it was read means for ever that head moves on to the end of the lap. */
#ifdef NO_FREE_FILLER
#define free_end         (head + CAP)
#else
#ifdef FREE_ANY
#define free_end         ((valid(head) && state[cell(head)] != message && cell(head) != 0 -> lap_end(head) : head) + CAP)
#else
#define free_end         ((is_filler(head) -> lap_end(head) : head) + CAP)
#endif
#endif

/* The filler of the lap before that of p. */
#define last_filler(p)   filler[(1 + (p) / CAP) % 2]
#define covers(i, p)     (position[i] != NONE && position[i] <= (p) && (p) < end_of(i))

/* A slot may be taken over when its last claim can no longer play a part in any recovery: it is wholly
   behind head; or it was never won, which shows by its end lying beyond the tail (the tail is read
   while the lock is held, so its owner is dead and can no longer win it); or every record of it is
   stamped, as if its owner had lived to make another claim.
   Without the second case, senders that die between storing a claim and winning it can use up all slots
   of an idle channel for ever: no claim moves head past theirs, because no sender gets a slot to make one.
   Without the third, those that die after they have sent use them up until a receiver receives.
   A claim holds up to three records: a batch, or a message and the abandoned rest. */
#define trailer(p)       (state[cell(p)] == traced -> 1 : 0)
#define behind(p)        ((p) + length[cell(p)] + trailer(p))
#define whole1(p, e)     (valid(p) && behind(p) == (e))
#define whole2(p, e)     (valid(p) && (behind(p) == (e) || whole1(behind(p), e)))
#define whole3(p, e)     (valid(p) && (behind(p) == (e) || whole2(behind(p), e)))
#define stamped(i)       (head <= position[i] && whole3(position[i], end_of(i)))
#ifdef REUSE_BEHIND_CURSOR
#define behind_head(e)   ((e) <= cursor)
#else
#define behind_head(e)   ((e) <= head)
#endif
#ifdef REUSE_BEHIND_HEAD
#define usable(i)        (position[i] == NONE || behind_head(end_of(i)))
#else
#define usable(i)        (position[i] == NONE || behind_head(end_of(i)) || end_of(i) > tail || stamped(i))
#endif

/* ------------------------------------------------------------------------------------------ sender */

#define forget     slot = 0; known = 0; t = 0; n = 0; m = 0; done = 0; batch = false; pad = false; probed = false
#define dies       atomic { deaths < DEATHS -> deaths++; locked[slot] = false; forget; goto dead }
#define step(x...) if :: x :: dies fi        /* an else beside dies would mean: if no process may die any more */

/* Try the lock of slot i; trying one that is held has no effect, so that is not a step. A sender that has met an
   unusable slot before waits for a usable one, where the code reports that the table is full. The code also
   reads a slot before it tries the lock, and skips what does not look usable: every run of the code is a run here. It
   does so to save time, which is not modelled: a process suspended while it holds a lock looks alive to a recovery. */
#define probe(i)   :: atomic { i < SLOTS && !locked[i] && (!probed || usable(i)) -> locked[i] = true; slot = i }

/* The record of l cells at p becomes valid. */
#define publish(p, l, s) \
    assert(!valid(p)); \
    assert(head <= (p) && (p) + (l) <= (head == filler[(head / CAP) % 2] -> lap_end(head) : head) + CAP); \
    stamp[cell(p)] = p; state[cell(p)] = s; length[cell(p)] = (s == traced -> (l) - 1 : (l))

#define publish_message(p, l)  publish_as(p, l, message)
#define publish_as(p, l, s) \
    publish(p, l, s); owner[cell(p)] = me; number[cell(p)] = committed[me]; committed[me]++

proctype Sender(byte me) {
    byte left = SENDS;          /* claims still to be made */
    byte slot = me;             /* the slot it owns */
    byte known;                 /* the length that it has stored there; 0 before the first */
    byte t, n, m;               /* tail as read; cells for the message; cells to claim */
    byte done;                  /* cells of a batch that are stamped */
    bool batch, pad, probed;

    goto work;                  /* the first senders have their slots from the start */

join:
    if
    probe(0) probe(1) probe(2) probe(3)                                 /* STEP slot.lock */
    fi;
#ifndef REUSE_ANY
    /* The claim cannot change while the lock is held. Head is read before the tail here, one read in
       each step; the other order would do as well, for both only grow. */
    if
    :: position[slot] == NONE || behind_head(end_of(slot)) -> goto mine /* STEP slot.check-claim */
    :: position[slot] != NONE && !behind_head(end_of(slot))
    :: dies
    fi;
#ifndef REUSE_BEHIND_HEAD
    if
    :: end_of(slot) > tail -> goto mine                                 /* STEP slot.check-lost */
    :: end_of(slot) <= tail
    :: dies
    fi;
    t = position[slot];
    do
    :: t < end_of(slot) ->
        if
        :: valid(t)                                                     /* STEP slot.check-stamped */
        :: !valid(t) -> goto kept
        :: dies
        fi;
#ifdef REUSE_FIRST_STAMPED
        t = end_of(slot)
#else
        /* A record received since may contain anything by now: at worst a length that leads beyond the end. */
        step(t = (length[cell(t)] == 0 -> end_of(slot) : behind(t)))
#endif
    :: else -> break
    od;
#ifndef REUSE_NO_HEAD
    if
    :: head <= position[slot]                                           /* STEP slot.recheck-head */
    :: head > position[slot] -> goto kept
    :: dies
    fi;
#endif
    t = 0;
    goto mine;
kept:
    t = 0;
#endif
    step(atomic { locked[slot] = false; slot = 0; probed = true });     /* STEP slot.unlock */
    goto join;
mine:
#endif
    probed = false;
#ifndef NO_CLEAR
    /* A claim that was lost may cover head. With a living owner, which may do nothing for hours, it would
       hold up a recovery there. */
    step(position[slot] = NONE);                                        /* STEP slot.clear */
#endif

work:
    do
    :: left == 0 -> break
    :: left > 0 && joins < JOINS -> break       /* leaves, although it could send more */
    :: IDLE && left > 0 -> if :: tail == head :: dies fi
    :: left > 0 ->
        left--;
        n = 1;
        do :: n < MAXLEN -> n++ :: break od;
        if :: BATCH && n > 1 -> batch = true :: true fi;

        /* Claim. Invariant: a sender that moves the tail has stored its claim in its slot before, and does
           not change it before everything in it is stamped. */
again:
        step(atomic {
            t = tail;                                                   /* STEP claim.read-tail */
            pad = (cell(t) + n > CAP);
            m = (pad -> CAP - cell(t) : n)
        });
        if
        :: t + m <= free_end                                            /* STEP claim.read-head, STEP claim.read-filler */
        :: t + m > free_end ->
#ifndef NO_WITHDRAW
            /* The slot may hold a claim that was lost. It must not stay there while its living owner
               waits: if it covers head and the winner is dead, the receiver waits for this sender, and
               this sender waits for the receiver. */
            step(position[slot] = NONE);                                /* STEP claim.withdraw */
#endif
            if
            :: atomic { t + m <= free_end || tail != t -> t = 0; m = 0; pad = false; goto again }
            :: atomic { IDLE -> t = 0; n = 0; m = 0; batch = false; pad = false; goto work }
            :: dies
            fi
        :: dies
        fi;
#ifndef CAS_FIRST
        if
        :: m != known ->
            /* An old position must not be paired with a new length. */
#ifndef NO_INVALIDATE
            step(position[slot] = NONE);                                /* STEP claim.invalidate */
#endif
            step(extent[slot] = m);                                     /* STEP claim.store-length */
            known = m
        :: else     /* If the length is unchanged, one store replaces one claim by the other. */
        fi;
        step(position[slot] = t);                                       /* STEP claim.store-position */
#endif
        step(atomic {
            if
            :: tail == t -> tail = t + m; begin(t)                      /* STEP claim.cas-tail */
            :: else -> t = 0; m = 0; pad = false; goto again
            fi
        });
#ifdef CAS_FIRST
        step(position[slot] = NONE);
        step(extent[slot] = m);
        step(position[slot] = t);
#endif

        /* The payload is written here. It needs no step, because it lies in cells whose stamps are not valid, and
           what it leaves there is no valid stamp either. To ensure this, the stamp of a filler that the claim covers is
           cleared first: a payload that ended within it could turn it into that of a message. */
        if
        :: !pad && last_filler(t) != NONE && t <= last_filler(t) + CAP && last_filler(t) + CAP < t + m ->
            step(d_step {
                if
                :: valid(last_filler(t)) ->
#ifdef NO_CLEAR_FILLER
                    state[cell(last_filler(t))] = message;
#else
                    stamp[cell(last_filler(t))] = NONE;                 /* STEP claim.clear-filler */
#endif
                    length[cell(last_filler(t))] = 77
                :: else
                fi
            })
        :: else
        fi;
#ifdef INVALIDATE_EARLY
        step(position[slot] = NONE);
#endif
        if
        :: pad ->
            step(d_step {
                publish(t, m, padding);                                 /* STEP padding.stamp */
                filler[(t / CAP) % 2] = t;
                t = 0; m = 0; pad = false
            });
            goto again
        :: !pad && batch ->
            do
            :: done < n ->
                step(d_step {
#ifdef DESCENDING
                    publish_message(t + n - 1 - done, 1);
#else
                    publish_message(t + done, 1);                       /* STEP batch.stamp */
#endif
                    done++
                })
            :: SHORTEN && done < n ->
                /* A message cannot be written: the rest is abandoned, in its turn. */
                step(d_step { publish(t + done, n - done, aborted) });  /* STEP abort.stamp */
                break
            :: done == n -> break
            od
        :: !pad && !batch ->
            step(d_step { publish_message(t, n) })                      /* STEP commit.stamp */
        :: TRAILER && n > 1 && !pad && !batch ->
            step(d_step { publish_as(t, n, traced) })                   /* STEP commit.stamp */
        :: SHORTEN && n > 1 && !pad && !batch ->
            /* The rest is stamped first. It is invisible until the message is stamped, which is then the one step
               that commits: a sender that dies before it has sent nothing, one that dies after it leaves nothing to
               recover. A stamp inside a claim is not misleading evidence of its end: see model.md. */
            done = 1;
            do :: done < n - 1 -> done++ :: break od;
#ifdef SHORTEN_CLAIM
            step(extent[slot] = done);
#endif
#ifdef SHORTEN_MESSAGE_FIRST
            step(d_step { publish_message(t, done) });
            step(d_step { publish(t + done, n - done, aborted) })
#else
#ifdef REST_OVER_TRAILER
            step(d_step { publish(t + 1, n - 1, aborted) });
#else
            step(d_step { publish(t + done, n - done, aborted) });      /* STEP shorten.stamp-rest */
#endif
            if
            :: step(d_step { publish_message(t, done) })                /* STEP commit.stamp */
            :: TRAILER && done > 1 -> step(d_step { publish_as(t, done, traced) })
            fi
#endif
        :: ABORT && !pad && !batch ->
            step(d_step { publish(t, n, aborted) })                     /* STEP abort.stamp */
        fi;
        atomic { t = 0; n = 0; m = 0; done = 0; batch = false }
    od;

    /* Leave: from here on the slot is as if it had never been used. */
    step(position[slot] = NONE);                                        /* STEP leave.clear-claim */
    step(atomic { locked[slot] = false; forget });                      /* STEP leave.unlock */

dead:
    if
    :: atomic { left > 0 && joins < JOINS -> joins++; goto join }
    :: atomic { left == 0 || joins == JOINS -> gone++ }
    fi
}

/* ---------------------------------------------------------------------------------------- receiver */

#define rforget     i = 0; j = 0; p = 0; e = 0; best = NONE; evident = false; alive = false; newer = false; \
                    k = 0; do :: k < SLOTS -> ends[k] = NONE; k++ :: else -> break od; k = 0
#define drop        k = 0; do :: k < hn -> held[k] = 0; whose[k] = NONE; k++ :: else -> break od; hn = 0; \
                    k = 0; do :: k < SENDERS -> received[k] = released[k]; k++ :: else -> break od; k = 0
#define rdies       atomic { rdeaths < RDEATHS -> rdeaths++; rforget; drop; h = 0; goto replaced }
#define rstep(x...) if :: x :: rdies fi

/* All evidence that e is a boundary between two claims, in the order in which it is stored: a sender that claims
   at e has read it from the tail; its claim is in its slot before the tail moves on; it stays there
   until the sender has stamped. So a search in this order cannot miss it. */
#define evidence_tail   rstep(atomic { if :: tail == e -> evident = true :: else fi })
#define evidence_stamp  rstep(atomic { if :: valid(e) -> evident = true :: else fi })
#define evidence_claim \
    j = 0; \
    do \
    :: j < SLOTS -> rstep(atomic { if :: position[j] == e -> evident = true :: else fi; j++ }) \
    :: else -> break \
    od; \
    j = 0

/* Takes what ends at x, a message of sender w or, for NONE, anything else. */
#define take(x, w)  held[hn] = x; whose[hn] = w; \
                    if :: whose[hn] != NONE -> received[whose[hn]]++ :: else fi; \
                    h = held[hn]; hn++

/* Moves head over all that is held up to number x. Nothing ever reads a stamp before head, so the model forgets
   it, to have fewer states; the code leaves it where it is. */
#define release_through(x) \
    k = 0; \
    do \
    :: k <= x -> if :: whose[k] != NONE -> released[whose[k]]++ :: else fi; k++ \
    :: else -> break \
    od; \
    e = head; \
    do \
    :: e < held[x] -> \
        unbegin(e); \
        if :: filler[(e / CAP) % 2] == e -> filler[(e / CAP) % 2] = NONE :: else fi; \
        if :: valid(e) -> stamp[cell(e)] = NONE; state[cell(e)] = 0; length[cell(e)] = 0; owner[cell(e)] = 0; number[cell(e)] = 0 \
        :: else fi; \
        e++ \
    :: else -> break \
    od; \
    e = 0; \
    head = held[x]; \
    k = x + 1; \
    do :: k < hn -> held[k - x - 1] = held[k]; whose[k - x - 1] = whose[k]; k++ :: else -> break od; \
    k = hn - x - 1; \
    do :: k < hn -> held[k] = 0; whose[k] = NONE; k++ :: else -> break od; \
    hn = hn - x - 1; k = 0

active proctype Receiver() {
    byte h = 0;                 /* the cursor: the position of the next record */
    byte hn = 0, held[ROOM] = 0, whose[ROOM] = NONE;   /* what is held: where it ends, and whose message it is */
    byte i = 0, j = 0, k = 0;
    byte p = 0, e = 0;          /* a claim: position and end */
    byte ends[SLOTS] = NONE;    /* the candidates: the end of the dead claim of each slot */
    byte best = NONE;
    bool alive = false, evident = false;
    bool newer = false;         /* the message at the cursor is to be dropped */

    (!AWAY || gone == SENDERS);

replaced:
#ifdef RESUME_AT_CURSOR
    h = cursor;
#else
    h = head;                   /* a new receiver continues at the first record that was not released */
#endif

receive:
#if defined(REUSE_BEHIND_CURSOR) || defined(RESUME_AT_CURSOR)
    cursor = h;
#endif
    if
    :: atomic { hn < ROOM && is_filler(h) -> skip };
        /* Its length is not read, because a sender may be overwriting it at the same time. */
        rstep(d_step {
#ifdef FILLER_BY_LENGTH
            take(behind(h), NONE);
#else
            take(lap_end(h), NONE);
#endif
#if HOLD == 0
            release_through(0)
#endif
        });
        goto receive
#ifndef FILLER_NOT_MISSED
    :: atomic { hn < ROOM && !valid(h) && tail > h + CAP -> skip };     /* STEP receive.missing-filler */
        rstep(d_step {
            take(lap_end(h), NONE);
#if HOLD == 0
            release_through(0)
#endif
        });
        goto receive
#endif
    :: atomic { hn < ROOM && valid(h) && state[cell(h)] != padding ->   /* STEP receive.read-stamp */
            assert(!is_message(h) || number[cell(h)] == received[owner[cell(h)]]) };
#if LATEST
        if
        :: is_message(h) ->
#ifdef LATEST_BY_CLAIM
            rstep(newer = (position[owner[cell(h)]] != NONE && position[owner[cell(h)]] > h));
#endif
            /* The records from the cursor on stay there: only this receiver frees their space. */
            p = behind(h);
            do
            :: atomic { newer || p >= h + CAP || !valid(p) -> break }   /* STEP drop.look */
            :: atomic { !newer && p < h + CAP && valid(p) ->
                if
                :: state[cell(p)] == padding -> p = lap_end(p)
                :: is_message(p) && owner[cell(p)] == owner[cell(h)] -> newer = true
#ifdef LATEST_BY_ABORTED
                :: state[cell(p)] == aborted -> newer = true
#endif
                :: else -> p = behind(p)
                fi }
            :: rdies
            od;
            p = 0
        :: else
        fi;
#endif
#if OLDEST > 0
#ifdef OLDEST_FROM_HEAD
        rstep(newer = (is_message(h) && tail - head > OLDEST));
#else
        rstep(newer = (is_message(h) && tail - h > OLDEST));
#endif
#endif
#if LATEST || OLDEST
        if
        :: newer ->
            assert(behind(h) < tail);
            rstep(d_step {
                newer = false;
                take(behind(h), owner[cell(h)]);                        /* and, as always, release.publish-head */
#ifdef DROP_OVER_HELD
                head = h;
#endif
#if HOLD == 0
                release_through(0)
#endif
            });
            goto receive
        :: else
        fi;
#endif
        /* The receiver has the message. If it dies now, the next one gets it again. */
        rstep(d_step {
            if
#ifdef RECEIVE_WITHOUT_TRAILER
            :: is_message(h) -> deliver(h); take(h + length[cell(h)], owner[cell(h)])
#else
            :: is_message(h) -> deliver(h); take(behind(h), owner[cell(h)])
#endif
            :: else -> take(behind(h), NONE)
            fi;
#if HOLD == 0
            release_through(0)                                          /* STEP release.publish-head */
#endif
        });
        goto receive
#if HOLD > 0
    :: atomic { hn > 0 -> skip };
        rstep(d_step { release_through(0) });
        goto receive
#ifdef RELEASE_OVER_HELD
    :: atomic { hn == 2 -> skip };
        rstep(d_step {
            if :: whose[1] != NONE -> released[whose[1]]++ :: else fi;
            head = held[1]; held[0] = head; held[1] = 0; whose[1] = NONE; hn = 1
        });
        goto receive
#endif
    :: atomic { REWIND && hn > 0 -> drop; h = head };                   /* hold.rewind */
        goto receive
#endif
    :: hn < ROOM && !valid(h) && tail != h && tail <= h + CAP           /* STEP recover.read-tail */
    :: !valid(h) && tail == h && gone == SENDERS && hn == 0 -> goto drained
    :: rdies
    fi;

    /* Stuck: the claim at h is not stamped. Its winner has it in its slot. */
    do
    :: i < SLOTS ->
#ifdef ALIVE_FIRST
        rstep(alive = locked[i]);
#else
        /* Most slots have nothing to do with h, and asking the kernel costs a system call: so the claim
           is read first. A slot that covers h neither now nor later does not matter: the winner covers it until
           it has stamped it, and the second reading of the stamp (below) detects that. */
        rstep(p = position[i]);                                         /* STEP recover.read-claim */
        if
        :: p == NONE || p > h -> goto next
        :: else
        fi;
        rstep(e = p + extent[i]);                                       /* STEP recover.read-claim-length */
        if
        :: e <= h -> goto next
        :: else
        fi;
        rstep(alive = locked[i]);                                       /* STEP recover.ask-kernel */
#endif
#ifndef CLAIM_ONCE
        /* The claim of a dead sender does not change any more: what is read now is its last one. The
           two words are read one after the other and may belong to different claims if the slot lives. */
        rstep(p = position[i]);                                         /* STEP recover.recheck-claim */
        if
        :: p == NONE || p > h -> goto next
        :: else
        fi;
        rstep(e = p + extent[i]);                                       /* STEP recover.recheck-claim-length */
        if
        :: e <= h -> goto next
        :: else
        fi;
#endif
        if
        :: alive ->
            /* Wait, however long it takes: until it is stamped or lost, or its owner has died. */
            d_step { p = 0; e = 0; alive = false };
            if
            :: atomic { valid(h) || !locked[i] || !covers(i, h) -> rforget; goto receive }
#if HOLD > 0
            :: atomic { hn > 0 -> rforget; goto receive }               /* what is held can be released meanwhile */
#endif
            :: rdies
            fi
        :: else -> ends[i] = e
        fi;
next:
        atomic { p = 0; e = 0; alive = false; i++ }
    :: else -> break
    od;
    i = 0;

#ifndef NO_RECHECK_STAMP
    if
    :: atomic { valid(h) -> rforget; goto receive }                     /* STEP recover.recheck-stamp */
    :: !valid(h)
    :: rdies
    fi;
#ifndef NO_RECHECK_TAIL
    /* It may have been a filler, stamped after its first reading and overwritten before its second. */
    if
    :: atomic { tail > h + CAP -> rforget; goto receive }               /* STEP recover.recheck-tail */
    :: tail <= h + CAP
    :: rdies
    fi;
#endif
#endif

    /* No live sender covers h. The winner is among the candidates; the others died when they had lost
       to it, or when they had lost an earlier position. Its end is the smallest boundary. */
    do
    :: i < SLOTS ->
#ifdef CANDIDATES_AGAIN
        rstep(atomic { ends[i] = (!locked[i] && covers(i, h) -> end_of(i) : NONE) });
#endif
        e = ends[i];
        if
        :: e != NONE ->
#if defined(NO_EVIDENCE) || defined(ANY_END)
            evident = true;
#else
#ifdef EVIDENCE_STAMP_FIRST
            evidence_tail;
            evidence_stamp;
            evidence_claim;
#else
#ifdef EVIDENCE_TAIL_LAST
            evidence_claim;
            evidence_stamp;
            evidence_tail;
#else
            evidence_tail;                                              /* STEP recover.evidence-tail */
            evidence_claim;                                             /* STEP recover.evidence-claim */
            evidence_stamp;                                             /* STEP recover.evidence-stamp */
#endif
#endif
#endif
            if
#ifdef LARGEST_END
            :: evident && (best == NONE || e > best) -> best = e
#else
            :: evident && e < best -> best = e
#endif
#ifdef ANY_END
            :: true -> best = e
#endif
            :: else
            fi;
            evident = false
        :: else
        fi;
        d_step { e = 0; i++ }
    :: else -> break
    od;
    assert(best != NONE);
    /* A message that was committed leaves nothing of its claim to be recovered. */
    assert(BATCH || is_begun(h));
    /* The gap is taken like a record, and released when its turn comes: until then its owner's slot stays as it is,
       so that a new receiver, which begins at head, finds the same gap again. */
    rstep(d_step {
        take(best, NONE);
#if HOLD == 0
        release_through(0)                                              /* STEP recover.publish-head */
#endif
#ifdef GAP_OVER_HELD
        head = best
#endif
    });
    atomic { rforget };
    goto receive;

drained:
    i = 0;
    do
    :: i < SENDERS ->
        assert(committed[i] == received[i]);
#if LATEST
        assert(committed[i] == delivered[i]);
#endif
        i++
    :: else -> break
    od
}

init {
    byte q = 0;
    atomic {
        do
        :: q < SENDERS -> locked[q] = true; run Sender(q); q++
        :: else -> break
        od
    }
}
