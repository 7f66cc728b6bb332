using Exploring.Engine;

namespace Exploring.Search;

/// <summary>
/// Visits, depth first, all runs that differ in more than the order of independent steps, up to a number of choices that cost
/// something: preempted threads and delayed stores.
/// </summary>
/// <remarks>
/// Where a race asks for an actor that the bound does not allow there, an earlier place of the same stretch of steps is tried, too:
/// the one at which the thread that was running began (Coons, Musuvathi and McKinley, "Bounded Partial-Order Reduction", OOPSLA 2013).
/// It does not use sleep sets, because together with a bound they miss runs.
/// </remarks>
internal sealed class Exhaustive(int bound) : IStrategy
{
    private struct Node
    {
        public Choice Choice;
        public int Actor;
        public ulong ToTry;
        public ulong Tried;
        public int Cost; // Of all choices before this one.
    }

    private readonly List<Node> _path = [];
    private int _replayed;

    /// <summary>The run did not follow the path: a program must do the same each time.</summary>
    public bool HasDiverged { get; private set; }

    public int Pick(int step, in Choice choice)
    {
        if (step < _replayed)
        {
            int actor = _path[step].Actor;
            if ((choice.Enabled & Actors.Bit(actor)) != 0)
            {
                return actor;
            }

            HasDiverged = true;
        }

        return choice.Usual;
    }

    /// <summary>Learns from a run; false if there is nothing left to try.</summary>
    public bool Next(Run run)
    {
        Extend(run);
        Races races = new(run);
        races.Find((earlier, later) => Note(run, races, earlier, later));
        foreach (Step step in run.Steps)
        {
            if (step.IsPlain)
            {
                AskForDelay(step); // The search for races assumes that the stores of one thread stay in order.
            }
        }

        for (int index = _path.Count - 1; index >= 0; index--)
        {
            Node node = _path[index];
            ulong left = node.ToTry & ~node.Tried & node.Choice.Enabled;
            while (left != 0)
            {
                int actor = Actors.First(left);
                left &= ~Actors.Bit(actor);
                node.Tried |= Actors.Bit(actor);
                if (node.Cost + node.Choice.CostOf(actor) <= bound)
                {
                    node.Actor = actor;
                    _path[index] = node;
                    _path.RemoveRange(index + 1, _path.Count - index - 1);
                    _replayed = index + 1;
                    return true;
                }
            }

            _path[index] = node;
        }

        return false;
    }

    private void Extend(Run run)
    {
        for (int index = 0; index < run.Scheduler.Choices.Count; index++)
        {
            (Choice choice, int actor) = run.Scheduler.Choices[index];
            if (index < _path.Count)
            {
                Node known = _path[index];
                known.Choice = choice;
                known.Actor = actor;
                known.Tried |= Actors.Bit(actor);
                _path[index] = known;
                continue;
            }

            int cost = index == 0 ? 0 : _path[index - 1].Cost + _path[index - 1].Choice.CostOf(_path[index - 1].Actor);
            _path.Add(new Node { Choice = choice, Actor = actor, Tried = Actors.Bit(actor), Cost = cost });
        }
    }

    /// <summary>
    /// Asks for a run in which the later step comes first: an actor that leads to it must be chosen before the earlier one.
    /// </summary>
    private void Note(Run run, Races races, int earlier, int later)
    {
        int place = run.Steps[earlier].Choice;
        if (place < 0)
        {
            return;
        }

        Ask(run, races, place, earlier, later);
        if (Actors.IsMemory(run.Steps[earlier].Actor))
        {
            AskForDelay(run.Steps[earlier]);
        }

        int start = place;
        while (start > 0 && run.Scheduler.Choices[start - 1].Actor == run.Scheduler.Choices[place].Actor)
        {
            start--;
        }

        if (start != place)
        {
            Ask(run, races, start, earlier, later);
        }
    }

    /// <summary>A store can be delayed in two cheap ways: its thread continues, or a later store of the thread leaves first.</summary>
    private void AskForDelay(in Step store)
    {
        int thread = Actors.ThreadOf(store.Actor);
        Node node = _path[store.Choice];
        node.ToTry |= node.Choice.Enabled & (Actors.Bit(thread) | Actors.Bit(Actors.Overtaking + thread));
        _path[store.Choice] = node;
    }

    private void Ask(Run run, Races races, int place, int earlier, int later)
    {
        ulong enabled = run.Scheduler.Choices[place].Choice.Enabled;
        ulong leading = 0;
        for (int step = earlier + 1; step <= later; step++)
        {
            if (step == later || races.IsBefore(step, later))
            {
                leading |= Actors.Bit(run.Steps[step].Actor);
            }
        }

        leading &= enabled & ~Actors.Bit(run.Scheduler.Choices[place].Actor);
        Node node = _path[place];
        if (leading == 0)
        {
            node.ToTry |= enabled;
        }
        else if ((leading & (node.ToTry | node.Tried)) == 0)
        {
            ulong own = Actors.Bit(run.Steps[later].Actor);
            node.ToTry |= (leading & own) != 0 ? own : Actors.Bit(Actors.First(leading));
        }

        _path[place] = node;
    }
}
