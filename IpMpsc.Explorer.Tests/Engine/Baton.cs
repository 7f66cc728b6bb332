namespace Exploring.Engine;

/// <summary>
/// Lets exactly one thread run: the thread that has the baton wakes the next one, and waits until it gets the baton back.
/// </summary>
internal sealed class Baton
{
    private readonly global::System.Threading.ManualResetEventSlim _here = new(false, spinCount: 20);

    public void Pass() => _here.Set();

    public void Await()
    {
        if (!_here.Wait(TimeSpan.FromSeconds(60)))
        {
            throw new ExplorationFailure("A thread has waited for its turn for a minute: another one blocks outside of the explorer.");
        }

        _here.Reset();
    }
}
