/* How a sender that waits for room asks the others to hold back, and how its request ends.

   THE WORLD. A ring of CAP cells, with the positions head and tail. WAITERS senders wait until they have room for a
   message of CAP cells, which they get only when nothing else is in the ring. TRIERS senders send messages of one cell;
   half of them wait for room, the others only try, and do something else when they are refused. A request is one
   word: the sender that makes it, and its time. A sender asks when the others have filled the ring once since
   it began to wait, or since it last asked. The others then treat the ring as full, until the
   sender has claimed, or the request is old. Any sender that meets an old request withdraws it.

   TIME is not counted. A process of its own makes a request old at any moment at which it can become old: when its
   sender is dead or stopped, or when the receiver has not moved head since the request was made or renewed.
   A sender renews its request when it checks again and head has moved.

   DEATH. A sender may end at every step and not come back: it was killed, or it was stopped for ever. It does not matter
   which. With AWAY the receiver may stop, too.

   CHECKED, by assertions: others withdraw a request only if it is old; a sender asks again only after
   another lap; while a request is not old, each other sender claims at most once, because it had checked before.
   By invalid end states: no sender is refused for ever although there is room. There is no polling: a sender that is refused blocks on the
   condition that its next attempt would find. A sender that waits for room at a full ring may wait for ever.

   LEFT OUT. Claims are one step, see reservation.pml; sleeping is in wakeup.pml. A slot with a new owner: the owner does
   not hold back for its predecessor's request, and the others do until it is old.

   Run spec/check; or by hand
     spin -a -DDEATHS=1 priority.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef CAP
#define CAP 2                   /* cells of the ring */
#endif
#ifndef WAITERS
#define WAITERS 1               /* senders of messages as long as the ring */
#endif
#ifndef TRIERS
#define TRIERS 2                /* senders of messages of one cell */
#endif
#ifndef SENDS
#define SENDS 2                 /* messages that each of those sends */
#endif
#ifndef DEATHS
#define DEATHS 0                /* senders that are killed or stopped for ever */
#endif
#ifndef AWAY
#define AWAY 0                  /* 1: the receiver may stop */
#endif
/* mutations, all of them errors:
   FORGETS_AGE         every sender measures a request's age itself, and forgets it when it is refused
   WITHDRAW_BY_SENDER  an old request is withdrawn if the word still names the same sender
   ASKS_AT_ONCE        a sender whose request was withdrawn asks again without waiting for another lap
   RENEWS_ALWAYS       a sender renews its request whether head has moved or not
   HOLDS_NOBODY_BACK   senders do not check the word before they claim
   KEEPS_REQUEST       a sender that has claimed leaves its request in the word */

#define ALL (WAITERS + TRIERS)
#define NOBODY 0                /* senders are counted from 1 */
#define NONE 255

/* ---- shared memory ---- */
byte tail = 0, head = 0;
byte asks = NOBODY;             /* the word: the sender that asks, ... */
byte made = 0;                  /* ... and when; here the number of the request or renewal, modulo 4 */

/* ---- time ---- */
bool old = false;               /* what a process that reads the word and the clock finds */
byte renewed_at = 0;            /* head when the request was made or renewed */

/* ---- the observer ---- */
bool gone[ALL + 1];             /* is dead or stopped */
byte slipped[ALL + 1];          /* claims of each during a request that is not old */
byte asked_at[ALL + 1] = NONE;  /* the tail when each last asked for the message that it sends */
byte deaths = 0;
bool away = false;

#define dies            atomic { deaths < DEATHS -> deaths++; gone[me] = true; goto over }
#define step(x...)      if :: x :: dies fi

#define has_room        (tail + size <= head + CAP)
#define held_back       (asks != NOBODY && asks != me && !old)
#define forgive         m = 1; do :: m <= ALL -> slipped[m] = 0; m++ :: else -> break od; m = 0
#define may_ask         (waits && asks == NOBODY && tail - from >= CAP)
#define may_renew       (asks == me && head != renewed_at)

proctype Sender(byte me; byte size; bool waits; byte left) {
    byte from, a, m;            /* the tail when the wait began; the word as read */
    bool o, waiting;            /* whether it was old */

    do
    :: left == 0 -> break
    :: left > 0 ->
        waiting = false; asked_at[me] = NONE;
again:
        step(atomic { a = asks; m = made; o = old });                   /* STEP priority.read */
        if
        :: has_room ->
#ifndef HOLDS_NOBODY_BACK
            if
            :: a != NOBODY && a != me && !o ->                          /* STEP priority.hold-back */
                atomic { a = 0; m = 0; o = false };
                goto refused
            :: a != NOBODY && a != me && o ->
                step(atomic {
                    if
#ifdef WITHDRAW_BY_SENDER
                    :: asks == a ->
#else
                    :: asks == a && made == m ->                        /* STEP priority.expire */
#endif
                        assert(old);
                        asks = NOBODY; old = false
                    :: else
                    fi
                })
            :: else
            fi;
#endif
            step(atomic {
                a = 0; m = 0; o = false;
                if
                :: has_room ->
                    tail = tail + size;
                    if
                    :: asks != NOBODY && asks != me && !old -> slipped[me]++; assert(slipped[me] <= 1)
                    :: else
                    fi
                :: else -> goto again
                fi
            });
#ifndef KEEPS_REQUEST
            step(atomic { if :: asks == me -> asks = NOBODY; old = false :: else fi });     /* STEP priority.end */
#endif
            left--
        :: !has_room ->
            atomic { a = 0; m = 0; o = false };
refused:
            if
            :: waits && !waiting -> waiting = true; from = tail
            :: else
            fi;
#ifdef RENEWS_ALWAYS
            if :: asks == me -> step(atomic { if :: asks == me -> old = false; renewed_at = head :: else fi })
            :: else fi;
#else
            if
            :: may_renew ->
                step(atomic {
                    if
                    :: asks == me ->
                        if :: old -> forgive :: else fi;
                        made = (made + 1) % 4; old = false; renewed_at = head                              /* STEP priority.renew */
                    :: else
                    fi
                })
            :: else
            fi;
#endif
            if
            :: may_ask ->
                step(atomic {
                    if
                    :: asks == NOBODY ->
                        assert(asked_at[me] == NONE || tail - asked_at[me] >= CAP);
                        asked_at[me] = tail;
                        asks = me; made = (made + 1) % 4; old = false; renewed_at = head;                  /* STEP priority.ask */
#ifndef ASKS_AT_ONCE
                        from = tail;
#endif
                        forgive
                    :: else
                    fi
                });
                goto again
            :: else
            fi;
            if
            :: !has_room ->
end_full:       (has_room || may_ask || may_renew);
                goto again
            :: has_room
            fi;
#ifdef FORGETS_AGE
            /* The sender's own measurement restarts with each refusal, so it never finds that a request is old. */
            (!has_room || asks == NOBODY || asks == me || may_ask);
#else
            (!has_room || !held_back || may_ask);
#endif
            goto again
        fi
    od;
over:
    skip
}

active proctype Receiver() {
end_empty:
    do
    :: tail != head -> head++
    :: AWAY -> away = true; break
    od
}

active proctype Time() {
end_young:
    do
#ifdef RENEWS_ALWAYS
    :: atomic { asks != NOBODY && !old && gone[asks] -> old = true }
#else
    :: atomic { asks != NOBODY && !old && (gone[asks] || head == renewed_at) -> old = true }
#endif
    od
}

init {
    byte q = 1;
    atomic {
        do
        :: q <= WAITERS -> run Sender(q, CAP, true, 1); q++
        :: q > WAITERS && q <= ALL -> run Sender(q, 1, (q - WAITERS) % 2 == 0, SENDS); q++
        :: q > ALL -> break
        od
    }
}
