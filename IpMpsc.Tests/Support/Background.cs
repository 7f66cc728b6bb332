namespace IpMpsc.Tests.Support;

/// <summary>Runs a call that may block on a thread of its own.</summary>
internal static class Background
{
    public static Task Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    public static Task<T> Run<T>(Func<T> function) => Task.Factory.StartNew(
        function, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
