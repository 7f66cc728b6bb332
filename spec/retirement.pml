/* How a channel is created, replaced and deleted while others are about to open it.

   THE WORLD. A name leads to a segment or to nothing. Each process takes part in a segment by a lock on a
   byte of it, which the kernel drops when it dies: the receiver on byte 0, each sender on the byte of
   its slot. One more byte, the naming lock, is for a process that removes the name. OWNERS owners want to be the receiver
   behind the name of a new segment: they create one, and if there is one already, replace it, but
   only if no process takes part in it. ATTACHERS want to be the receiver of an existing segment.
   DELETERS remove the name of whatever segment has it, even with a receiver and senders. SENDERS open
   an existing segment and send SENDS messages.

   THE RULES.
   1. The name is removed from a segment only by a process that holds the naming lock of that segment, and has
      checked the name again while holding it: the segment that it has opened may have lost the name long ago.
   2. Before the name is removed, the segment is marked retired, and it never loses this mark.
   3. A process that has opened a segment checks the mark after it has locked its byte: until then it was
      invisible to a replacer. A sender checks it before each claim, too.
   So a name that leads to a retired segment was left by a process that died between the mark and the
   removal. Any process that finds it removes it, or replaces it like any other.

   DEATH. Every process may die at every step, DEATHS in all: step(x) is either x or the death.

   CHECKED. No process removes the name from a segment other than the one that it means; a receiver behind the
   name keeps it, unless the channel is deleted; nothing is sent into a segment that has been replaced; into one that was deleted, each
   sender sends at most the one message whose claim it had begun before; whichever processes have died and whatever they have left,
   an owner that comes after all others gets its channel.

   LEFT OUT. How a segment is filled before it gets its name; how a deleter wakes the receiver and senders that wait for space,
   and that the receiver gets the message whose claim was begun before (wakeup.pml); that an owner may prefer an error to a replacement.

   Run spec/check; or by hand
     spin -a -DDEATHS=1 retirement.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
*/
#ifndef SENDERS
#define SENDERS 2
#endif
#ifndef SENDS
#define SENDS 2
#endif
#ifndef OWNERS
#define OWNERS 1                /* besides the last one */
#endif
#ifndef ATTACHERS
#define ATTACHERS 0
#endif
#ifndef DELETERS
#define DELETERS 0
#endif
#ifndef DEATHS
#define DEATHS 0
#endif
/* mutations, all of them errors:
   NO_RECHECK           a process that opens does not check the mark after locking
   NO_CHECK_RETIRED     a sender does not check the mark before a claim
   NO_CHECK_NAME        a replacer or deleter does not check the name again
   LOCK_RECEIVER_ONLY   a replacer locks the byte of the receiver, not all bytes
   PUBLISH_FIRST        a replacer moves the name before it marks the old segment
   UNLOCK_FIRST         a replacer unlocks the old segment before it moves the name */

#define NONE        255
#define RECEIVER    1                           /* the receiver's byte; those of the senders are 2, 4, ... */
#define NAMING      (1 << (SENDERS + 1))        /* the byte for removing the name */
#define ALL_BYTES   (2 * NAMING - 1)
#define SEGMENTS    (OWNERS + 2)                /* one exists at first, and each owner creates one */
#define OTHERS      (SENDERS + OWNERS + ATTACHERS + DELETERS)

byte name = 0;                                  /* the segment it leads to */
bool retired[SEGMENTS];
byte held[SEGMENTS];                            /* the bytes that are locked, as bits */

/* ---- the observer ---- */
byte segments = 1, gone = 0, deaths = 0;
bool replaced[SEGMENTS];                        /* nothing may be sent into it any more */
bool deleted[SEGMENTS];                         /* its receiver does not keep the name */

#define lock(s, bytes)      held[s] = held[s] | (bytes)
#define unlock(s, bytes)    held[s] = held[s] & (255 - (bytes))
#define free(s, bytes)      ((held[s] & (bytes)) == 0)

#define dies        atomic { deaths < DEATHS -> deaths++; goto dead }
#define step(x...)  if :: x :: dies fi          /* an else beside dies would mean: if no process may die any more */

/* Remove the name of a retired segment, if it still has it. A process that already holds the naming lock
   does the same, or replaces the segment. */
#ifdef NO_CHECK_NAME
#define look_at_name(s)
#else
#define look_at_name(s) \
    if \
    :: name != s -> goto named                                          /* STEP delete.check-name */ \
    :: name == s \
    :: dies \
    fi;
#endif
#define take_name_away(s) \
    if \
    :: atomic { free(s, NAMING) -> lock(s, NAMING); naming = true }     /* STEP delete.lock-naming */ \
    :: !free(s, NAMING) -> goto named \
    :: dies \
    fi; \
    look_at_name(s) \
    step(d_step { assert(name == s); name = NONE });                    /* STEP delete.unlink */ \
named: \
    atomic { if :: naming -> unlock(s, NAMING); naming = false :: else fi } /* STEP delete.unlock-naming */

/* ------------------------------------------------------------------------------------------ sender */

proctype Sender(byte mine) {
    byte seg = NONE, sent;
    bool inside;                /* holds its lock */
    bool late;                  /* has sent into a segment that was retired */

open:
    step(seg = name);                                                   /* STEP open.read-name */
    if
    :: seg == NONE -> goto dead                 /* there is no such channel */
    :: else
    fi;
    if
    :: atomic { free(seg, mine) -> lock(seg, mine); inside = true }     /* STEP open.lock */
    :: !free(seg, mine) && (retired[seg] || name != seg) -> goto again
    :: dies
    fi;
#ifndef NO_RECHECK
    if
    :: retired[seg] -> goto again                                       /* STEP open.recheck */
    :: !retired[seg]
    :: dies
    fi;
#endif
    do
    :: sent < SENDS ->
#ifndef NO_CHECK_RETIRED
        if
        :: retired[seg] -> goto again                                   /* STEP claim.check-retired */
        :: !retired[seg]
        :: dies
        fi;
#endif
        step(d_step {
            assert(!replaced[seg]);
            assert(!late);
            late = retired[seg];
            sent++                                                      /* STEP commit.stamp */
        })
    :: else -> goto dead
    od;

again:
    atomic { if :: inside -> unlock(seg, mine); inside = false :: else fi }; /* STEP open.unlock */
    late = false;
    if
    :: name != seg -> seg = NONE; goto open
    :: name == seg                              /* left to a process that will replace it */
    fi;

dead:
    /* Whether it leaves or dies, the lock is dropped. */
    atomic { if :: inside -> unlock(seg, mine) :: else fi; gone++ }
}

/* -------------------------------------------------------------------------------- those who receive */

/* To be the receiver is one state here. The name cannot leave a segment and come back, so it is enough
   to look at the end. */
#define serve(s)    step(assert(deleted[s] || (name == s && !retired[s])))

proctype Owner(bool last) {
    byte old = NONE, new = NONE;
    byte bytes;                 /* which locks it has on the old segment */

    !last || gone == OTHERS;

    /* Nobody else knows the new segment yet. */
    d_step { new = segments; segments++; lock(new, RECEIVER) };         /* STEP create.lock-receiver */
start:
    step(old = name);                                                   /* STEP replace.read-name */
    if
    :: old == NONE ->
        /* The name is given only if there is none. */
        if
        :: atomic { name == NONE -> name = new; goto serving }          /* STEP create.publish */
        :: name != NONE -> goto start
        :: dies
        fi
    :: else
    fi;

#ifdef LOCK_RECEIVER_ONLY
#define WANTED  RECEIVER
#else
#define WANTED  ALL_BYTES
#endif
    if
    :: atomic { free(old, WANTED) -> bytes = WANTED; lock(old, bytes) } /* STEP retire.lock-all */
    :: !free(old, WANTED) -> assert(!last); goto dead                   /* somebody takes part in it */
    :: dies
    fi;
#ifndef NO_CHECK_NAME
    if
    :: name != old -> atomic { unlock(old, bytes); bytes = 0; goto start } /* STEP retire.check-name */
    :: name == old
    :: dies
    fi;
#endif
#ifdef PUBLISH_FIRST
    step(d_step { assert(name == old); name = new; replaced[old] = true });
    step(retired[old] = true);
#else
    step(d_step { retired[old] = true; replaced[old] = true });         /* STEP retire.mark */
#ifdef UNLOCK_FIRST
    step(atomic { unlock(old, bytes); bytes = 0 });
#endif
    step(d_step { assert(name == old); name = new });                   /* STEP replace.publish */
#endif
    step(atomic { unlock(old, bytes); bytes = 0 });                     /* STEP retire.unlock-all */
serving:
    serve(new);
dead:
    atomic { if :: bytes != 0 -> unlock(old, bytes) :: else fi; unlock(new, RECEIVER); gone++ }
}

proctype Attacher() {
    byte seg = NONE;
    bool inside, naming;

open:
    step(seg = name);                                                   /* STEP open.read-name */
    if
    :: seg == NONE -> goto dead
    :: else
    fi;
    if
    :: atomic { free(seg, RECEIVER) -> lock(seg, RECEIVER); inside = true } /* STEP open.lock */
    :: !free(seg, RECEIVER) -> goto dead        /* there is a receiver */
    :: dies
    fi;
#ifndef NO_RECHECK
    if
    :: retired[seg] ->                                                  /* STEP open.recheck */
        take_name_away(seg);
        atomic { unlock(seg, RECEIVER); inside = false };               /* STEP open.unlock */
        if
        :: name != seg -> seg = NONE; goto open
        :: name == seg -> goto dead
        fi
    :: !retired[seg]
    :: dies
    fi;
#endif
    serve(seg);
dead:
    atomic {
        if :: naming -> unlock(seg, NAMING) :: else fi;
        if :: inside -> unlock(seg, RECEIVER) :: else fi;
        gone++
    }
}

/* ----------------------------------------------------------------------------------------- deleter */

proctype Deleter() {
    byte seg = NONE;
    bool naming;

    step(seg = name);                                                   /* STEP delete.read-name */
    if
    :: seg == NONE -> goto dead
    :: else
    fi;
    step(d_step { retired[seg] = true; deleted[seg] = true });          /* STEP retire.mark */
    take_name_away(seg);
dead:
    atomic { if :: naming -> unlock(seg, NAMING) :: else fi; gone++ }
}

init {
    byte q = 0;
    atomic {
        do :: q < SENDERS -> run Sender(2 << q); q++ :: else -> break od;
        q = 0;
        do :: q < OWNERS -> run Owner(false); q++ :: else -> break od;
        q = 0;
        do :: q < ATTACHERS -> run Attacher(); q++ :: else -> break od;
        q = 0;
        do :: q < DELETERS -> run Deleter(); q++ :: else -> break od;
        q = 0;
        run Owner(true)
    }
}
