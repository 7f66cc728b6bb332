using System.Collections.Concurrent;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>What the handlers were given, as text.</summary>
internal sealed class Inbox
{
    private readonly BlockingCollection<string> _seen = [];

    public void Add(string what) => _seen.Add(what);

    /// <summary>Waits for the next one.</summary>
    public string Take() =>
        _seen.TryTake(out string? what, TimeSpan.FromSeconds(30)) ? what : throw new TimeoutException("No handler was called.");
}
