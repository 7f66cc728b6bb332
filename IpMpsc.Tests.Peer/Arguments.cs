using System.Globalization;

namespace IpMpsc.Tests.Peer;

/// <summary>The words of a command line, taken one after the other.</summary>
internal sealed class Arguments(IReadOnlyList<string> words)
{
    private int _next;

    /// <summary>Whether every word was taken.</summary>
    public bool IsAtEnd => _next == words.Count;

    public string NextWord(string name) =>
        _next < words.Count ? words[_next++] : throw new UsageException($"{name} is missing.");

    public T Next<T>(string name) where T : IParsable<T> =>
        T.TryParse(NextWord(name), CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new UsageException($"{name} is not '{words[_next - 1]}'.");

    public T NextChoice<T>(string name) where T : struct, Enum =>
        Enum.TryParse(NextWord(name), ignoreCase: true, out T value)
            ? value
            : throw new UsageException($"{name} is one of {string.Join(", ", Enum.GetNames<T>())}, not '{words[_next - 1]}'.");

    public IReadOnlyList<string> Rest()
    {
        IReadOnlyList<string> rest = [.. words.Skip(_next)];
        _next = words.Count;
        return rest;
    }

    public void RequireEnd()
    {
        if (_next < words.Count)
        {
            throw new UsageException($"'{words[_next]}' is one argument too many.");
        }
    }
}
