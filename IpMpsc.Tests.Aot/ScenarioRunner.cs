namespace IpMpsc.Tests.Aot;

/// <summary>Runs scenarios one after the other and counts them.</summary>
internal static class ScenarioRunner
{
    /// <returns>The number of scenarios that failed.</returns>
    public static async Task<int> RunAsync((string Name, Func<Task> Run)[] scenarios)
    {
        int failed = 0;
        foreach ((string name, Func<Task> run) in scenarios)
        {
            try
            {
                await run().WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (Exception error)
            {
                failed++;
                Console.WriteLine($"failed: {name}: {error}");
            }
        }

        Console.WriteLine($"{scenarios.Length - failed} passed, {failed} failed");
        return failed;
    }
}
