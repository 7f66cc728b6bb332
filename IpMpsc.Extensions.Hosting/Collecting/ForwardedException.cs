namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>The exception of an event that another process logged: its text is all that there is.</summary>
internal sealed class ForwardedException(string text) : Exception(FirstLine(text))
{
    public override string ToString() => text;

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
