namespace Exploring.Engine;

/// <summary>A point of a run at which more than one actor may take the next step.</summary>
/// <param name="Enabled">The actors that may.</param>
/// <param name="Usual">The actor that takes it by default: the thread that ran, or its stores at once.</param>
/// <param name="FreeOnes">The actors whose choice costs nothing, because no thread is preempted and no store delayed.</param>
internal readonly record struct Choice(ulong Enabled, int Usual, ulong FreeOnes)
{
    public int CostOf(int actor) => (FreeOnes & Actors.Bit(actor)) != 0 ? 0 : 1;
}
