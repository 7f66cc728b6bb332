namespace Exploring.Engine;

/// <summary>A point of a run at which more than one actor may take the next step.</summary>
/// <param name="Enabled">Who may.</param>
/// <param name="Usual">Who takes it if nothing is asked for: the thread that ran, and its stores at once.</param>
/// <param name="FreeOnes">Those whose choice costs nothing: no thread is preempted and no store delayed.</param>
internal readonly record struct Choice(ulong Enabled, int Usual, ulong FreeOnes)
{
    public int CostOf(int actor) => (FreeOnes & Actors.Bit(actor)) != 0 ? 0 : 1;
}

/// <summary>Decides who takes the next step.</summary>
internal interface IStrategy
{
    int Pick(int step, in Choice choice);
}
