/* When a receiver that ends with its senders has reached the end, on a channel that is resumed.

   THE WORLD. SENDERS senders lock a slot, count themselves, send up to SENDS messages and leave, JOINS times each.
   RECEIVERS receivers follow each other. Each receives what is there, and checks whether its channel is completed. One
   that finds it completed leaves, and stores how many joins it has seen end, or continues to check. Some leave earlier.
   There are two words: how many senders have joined, and how many had joined when a receiver left at the end.

   DEATH. Senders and receivers die between any two steps; the kernel then drops their locks.

   CHECKED, by assertions: when a receiver finds the channel completed, every sender that has joined is gone,
   everything that it sent is received, and at least one has joined whose end no receiver has acknowledged. By invalid end states: no
   receiver waits when all senders are gone and one of them has joined whose end no receiver has acknowledged.

   LEFT OUT. Claims are one step, see reservation.pml. Sleeping is in wakeup.pml: here, a receiver that waits blocks on the condition that
   its next check would find. One slot represents all, because the kernel is asked for all at once.

   Run spec/check; or by hand
     spin -a -DDEATHS=1 completion.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef SENDERS
#define SENDERS 2
#endif
#ifndef SENDS
#define SENDS 1                 /* messages that a sender sends before it leaves */
#endif
#ifndef JOINS
#define JOINS 2                 /* times that each joins */
#endif
#ifndef DEATHS
#define DEATHS 0                /* of senders */
#endif
#ifndef RECEIVERS
#define RECEIVERS 2
#endif
#ifndef RDEATHS
#define RDEATHS 0
#endif
#ifndef EARLY
#define EARLY 0                 /* receivers that leave before the end */
#endif
/* mutations, all of them errors:
   EVER_JOINED         a channel is completed whenever a sender has ever joined and none is attached
   JOINED_SINCE        only senders count that have joined since the receiver opened the channel
   KERNEL_FIRST        the kernel is asked before the joins are read
   TAIL_FIRST          the tail is read before the kernel is asked
   NO_REREAD           the joins are not read again
   COUNT_FIRST         a sender counts itself before it has its lock
   COUNT_LATE          a sender counts itself after it has sent
   STORE_CURRENT       the receiver stores how many have joined by the time it leaves
   UNLOCK_FIRST        the receiver stores it after it has dropped its lock */

/* ---- shared memory, and the kernel's locks ---- */
byte joins = 0, completed = 0;
byte tail = 0, head = 0;
byte locked = 0;                /* how many senders hold a lock */
bool receiving = false;         /* a receiver holds its lock */

/* ---- the observer ---- */
byte arrived = 0;               /* senders that have joined, or sent */
byte present = 0;               /* those of them that are not gone */
byte told = 0;                  /* how many had arrived at the last end that a receiver acknowledged */
byte gone = 0;
byte deaths = 0, rdeaths = 0, early = 0;

#define arrive      arrived = arrived + 1 - here; present = present + 1 - here; here = true
#define forget      present = present - here; here = false; n = 0
#define dies        atomic { deaths < DEATHS -> deaths++; locked = locked - has; has = false; forget; goto left }
#define step(x...)  if :: x :: dies fi

proctype Sender() {
    byte left_joins = JOINS;
    byte n = 0;                 /* messages sent since it has joined */
    bool has = false, here = false;

    do
    :: left_joins == 0 -> break
    :: left_joins > 0 ->
        left_joins--;
#ifdef COUNT_FIRST
        step(atomic { joins++; arrive });
#endif
        step(atomic { has = true; locked++ });
#if !defined(COUNT_FIRST) && !defined(COUNT_LATE)
        step(atomic { joins++; arrive });                               /* STEP slot.count */
#endif
        do
        :: n < SENDS -> step(atomic { tail++; n++; arrive })
        :: break
        od;
#ifdef COUNT_LATE
        step(atomic { joins++; arrive });
#endif
        step(atomic { has = false; locked--; forget });
left:
        skip
    od;
    gone++
}

#define is_owed     (arrived != told)
#define can_end     (joins != before && locked == 0)

#define rdies       atomic { rdeaths < RDEATHS -> rdeaths++; goto dead }
#define rstep(x...) if :: x :: rdies fi

#define ask_kernel  rstep(alive = (locked > 0)); if :: alive -> goto look :: else fi
#define read_joins  rstep(seen = joins); if :: seen == before -> goto look :: else fi
#define read_tail   rstep(end = tail); if :: end != head -> goto look :: else fi

proctype Receiver() {
    byte before, seen = 0, end = 0;
    byte ends = 0;              /* the joins whose end it has seen; 0 for none */
    byte ends_told = 0;         /* the observer's number for it */
    bool alive = false;

    atomic { !receiving -> receiving = true };
#ifdef JOINED_SINCE
    before = joins;
#else
#ifdef EVER_JOINED
    before = 0;
#else
    before = completed;
#endif
#endif

look:
    atomic { seen = 0; end = 0; alive = false };
    if
    :: head < tail -> rstep(head++); goto look
    :: can_end && head == tail
    :: atomic { early < EARLY && ends == 0 -> early++; goto dead }
    :: ends != 0 -> goto leave
    :: atomic { gone == SENDERS && head == tail && !is_owed -> goto dead }
    :: rdies
    fi;
#ifdef KERNEL_FIRST
    ask_kernel;
    read_joins;
    read_tail;
#else
#ifdef TAIL_FIRST
    read_joins;
    read_tail;
    ask_kernel;
#else
    read_joins;                                                         /* STEP complete.read-joins */
    ask_kernel;                                                         /* STEP complete.ask-kernel */
    read_tail;                                                          /* STEP complete.read-tail */
#endif
#endif
    rstep(atomic {
#ifndef NO_REREAD
        if :: joins != seen -> goto look :: else fi;                    /* STEP complete.recheck-joins */
#endif
        assert(present == 0);
        assert(head == tail);
        assert(is_owed);
        ends = seen;
        ends_told = arrived
    });
    goto look;

leave:
#ifdef STORE_CURRENT
    ends = joins;
#endif
#ifdef UNLOCK_FIRST
    rstep(atomic { told = ends_told; receiving = false });
    completed = ends;
    goto done;
#else
    rstep(atomic { completed = ends; told = ends_told });               /* STEP complete.store */
#endif
dead:
    receiving = false;
done:
    skip
}

init {
    byte q = 0;
    atomic {
        do :: q < SENDERS -> run Sender(); q++ :: else -> break od;
        q = 0;
        do :: q < RECEIVERS -> run Receiver(); q++ :: else -> break od
    }
}
