using Exploring.Engine;

namespace Exploring.Search;

/// <summary>
/// Random priorities with a few points at which the running actor gets the lowest one: finds an error that needs d choices with a chance of at least
/// 1/(n k^(d-1)) (Burckhardt and others, "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010).
/// </summary>
internal sealed class RandomPriorities : IStrategy
{
    private readonly int[] _priorities = new int[Actors.Count];
    private readonly HashSet<int> _changes = [];
    private int _lowest = -1;

    public RandomPriorities(int seed, int depth, int length)
    {
        Random random = new(seed);
        for (int actor = 0; actor < Actors.Count; actor++)
        {
            _priorities[actor] = random.Next(1, 1 << 20);
        }

        for (int change = 1; change < depth; change++)
        {
            _changes.Add(random.Next(Math.Max(1, length)));
        }
    }

    public int Pick(int step, in Choice choice)
    {
        int best = Best(choice.Enabled);
        if (_changes.Contains(step))
        {
            _priorities[best] = _lowest--;
            best = Best(choice.Enabled);
        }

        return best;
    }

    private int Best(ulong enabled)
    {
        int best = Actors.First(enabled);
        for (ulong left = enabled; left != 0; left &= left - 1)
        {
            int actor = Actors.First(left);
            if (_priorities[actor] > _priorities[best])
            {
                best = actor;
            }
        }

        return best;
    }
}
