using System.Globalization;
using Exploring.Engine;

namespace Exploring.Search;

/// <summary>Repeats a run: takes the named actor at the named choices, and the default one at all others.</summary>
internal sealed class Replay(string schedule) : IStrategy
{
    private readonly Dictionary<int, int> _actors = schedule
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(static part => part.Split(':'))
        .ToDictionary(static part => int.Parse(part[0], CultureInfo.InvariantCulture), static part => Actors.Parse(part[1]));

    public int Pick(int step, in Choice choice) =>
        _actors.TryGetValue(step, out int actor) && (choice.Enabled & Actors.Bit(actor)) != 0 ? actor : choice.Usual;

    /// <summary>The schedule of a run, as text.</summary>
    public static string Of(Run run) => string.Join(' ', run.Scheduler.Choices
        .Select(static (made, index) => (made.Choice, made.Actor, Index: index))
        .Where(static made => made.Actor != made.Choice.Usual)
        .Select(static made => string.Create(CultureInfo.InvariantCulture, $"{made.Index}:{Actors.NameOf(made.Actor)}")));
}
