using Exploring.Engine;

namespace Exploring.Search;

/// <summary>
/// Finds the pairs of steps of two actors in a run that were not ordered by the steps between them and could be swapped. Only there can another order
/// of the steps give a different run (Flanagan and Godefroid, "Dynamic Partial-Order Reduction for Model Checking Software", POPL 2005).
/// </summary>
internal sealed class Races(Run run)
{
    private readonly List<Step> _steps = run.Steps;
    private readonly int[][] _clocks = new int[run.Steps.Count][];

    /// <summary>Calls back with each race: the numbers of the earlier and the later step.</summary>
    public void Find(Action<int, int> found)
    {
        int[] last = new int[Actors.Count];
        Array.Fill(last, -1);
        for (int later = 0; later < _steps.Count; later++)
        {
            Step step = _steps[later];
            int[] clock = new int[Actors.Count];
            Array.Fill(clock, -1);
            _clocks[later] = clock; // Grows while the races of this step are found.
            Join(clock, last[step.Actor]);
            Join(clock, step.Cause);
            if (Actors.IsThread(step.Actor) && step.Kind is not (StepKind.Load or StepKind.Buffer))
            {
                // A step that drains the buffer of a thread comes after its stores.
                Join(clock, last[Actors.Memory + step.Actor]);
                Join(clock, last[Actors.Overtaking + step.Actor]);
            }

            int released = -1;
            for (int earlier = later - 1; earlier >= 0; earlier--)
            {
                Step before = _steps[earlier];
                if (before.Actor == step.Actor || earlier <= clock[before.Actor] || !Depend(before, step))
                {
                    continue;
                }

                if (step.Kind == StepKind.Enter && before.Kind == StepKind.Exit)
                {
                    released = earlier; // These two cannot be swapped, but the steps that took the lock can.
                    continue;
                }

                if (step.Kind == StepKind.Resume && before.Kind == StepKind.Wake)
                {
                    Join(clock, earlier); // The later step exists only because of the earlier one.
                    continue;
                }

                if (step.Kind != StepKind.Exit)
                {
                    found(earlier, later);
                }

                Join(clock, earlier);
                if (released >= 0 && before.Kind == StepKind.Enter)
                {
                    Join(clock, released);
                    released = -1;
                }
            }

            if (released >= 0)
            {
                Join(clock, released);
            }

            clock[step.Actor] = later;
            last[step.Actor] = later;
        }
    }

    /// <summary>Whether one step comes before the other in every order that this run stands for.</summary>
    public bool IsBefore(int earlier, int later) => earlier <= _clocks[later][_steps[earlier].Actor];

    private void Join(int[] clock, int step)
    {
        if (step >= 0)
        {
            int[] other = _clocks[step];
            for (int actor = 0; actor < Actors.Count; actor++)
            {
                clock[actor] = Math.Max(clock[actor], other[actor]);
            }
        }
    }

    private bool Depend(in Step a, in Step b)
    {
        if (a.Kind == StepKind.Death || b.Kind == StepKind.Death)
        {
            ref readonly Step death = ref a.Kind == StepKind.Death ? ref a : ref b;
            ref readonly Step other = ref a.Kind == StepKind.Death ? ref b : ref a;
            return other.Kind is StepKind.Call or StepKind.Death
                || run.Threads[Actors.ThreadOf(other.Actor)].Process.Index == death.Process;
        }

        if (a.Kind == StepKind.Barrier || b.Kind == StepKind.Barrier)
        {
            ref readonly Step barrier = ref a.Kind == StepKind.Barrier ? ref a : ref b;
            ref readonly Step other = ref a.Kind == StepKind.Barrier ? ref b : ref a;
            return other.Kind is StepKind.Buffer && (barrier.Process < 0 || barrier.Process == other.Process);
        }

        return (a.Writes || b.Writes) && a.Touches(b);
    }
}
