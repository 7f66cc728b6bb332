namespace IpMpsc.Tool.CommandLine;

/// <summary>What <c>ipmpsc</c> without a command prints: where to begin.</summary>
internal static class ShortHelp
{
    /// <summary>Command lines, each with what it shows or does.</summary>
    public static IReadOnlyList<(string Example, string Purpose)> Examples { get; } =
    [
        ("ipmpsc list", "which channels exist"),
        ("ipmpsc top", "what flows through them now, and which of them stand still"),
        ("ipmpsc inspect quotes", "who uses a channel, and what holds it up"),
        ("ipmpsc tap quotes", "every message as it passes; the receiver still receives it"),
        ("ipmpsc peek quotes -n 5", "the messages that wait"),
        ("ipmpsc doctor", "what is wrong with this system and its channels"),
    ];

    public static void Write(TextWriter output)
    {
        output.WriteLine("ipmpsc shows and manages IpMpsc channels without the programs that use them.\n");
        int width = Examples.Max(static line => line.Example.Length);
        foreach ((string example, string purpose) in Examples)
        {
            output.WriteLine($"  {example.PadRight(width)}   {purpose}");
        }

        output.WriteLine("\nAll commands: ipmpsc --help. One command, with an example: ipmpsc COMMAND --help.");
    }
}
