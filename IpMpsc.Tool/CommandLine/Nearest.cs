namespace IpMpsc.Tool.CommandLine;

/// <summary>Finds what the user may have meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate most similar to a name; null if none is similar.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        (string? best, int distance) = candidates
            .Select(candidate => ((string?)candidate, Distance(name, candidate)))
            .DefaultIfEmpty((null, int.MaxValue))
            .MinBy(candidate => candidate.Item2);
        return distance <= Math.Max(1, name.Length / 3) ? best : null;
    }

    /// <summary>A sentence that suggests it, to follow another sentence.</summary>
    public static string Hint(string? nearest) => nearest is null ? "" : $" Did you mean '{nearest}'?";

    /// <summary>
    /// How many letters have to be added, removed or changed, or neighbours swapped, to make one of the
    /// other (optimal string alignment), whatever their case.
    /// </summary>
    private static int Distance(string from, string to)
    {
        from = from.ToUpperInvariant();
        to = to.ToUpperInvariant();
        int[,] costs = new int[from.Length + 1, to.Length + 1];
        for (int row = 0; row <= from.Length; row++)
        {
            for (int column = 0; column <= to.Length; column++)
            {
                costs[row, column] = row == 0 || column == 0 ? row + column : Cost(row, column);
            }
        }

        return costs[from.Length, to.Length];

        int Cost(int row, int column)
        {
            int change = from[row - 1] == to[column - 1] ? 0 : 1;
            int cost = Math.Min(
                Math.Min(costs[row - 1, column], costs[row, column - 1]) + 1, costs[row - 1, column - 1] + change);
            bool swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
            return swapped ? Math.Min(cost, costs[row - 2, column - 2] + 1) : cost;
        }
    }
}
