using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Printing;

/// <summary>Says on the error output which messages are not shown, so that the standard output has messages only.</summary>
internal static class Missing
{
    /// <summary>Reports messages that could not be read.</summary>
    /// <param name="terminal">Whether a program reads it.</param>
    /// <param name="reason">What became of them.</param>
    /// <param name="messages">How many; null if that is not known.</param>
    /// <param name="position">Where what is shown continues.</param>
    public static void Report(Terminal terminal, string reason, long? messages, long position)
    {
        Console.Error.WriteLine(terminal.IsJson
            ? JsonText.Of(new Dictionary<string, object?> { ["missing"] = messages, ["reason"] = reason, ["continuesAt"] = position })
            : $"{(messages is { } count ? Format.Messages(count) : "Messages")} {reason}. The next message is at position {position:N0}.");
    }

    /// <summary>Reports messages that a tap has missed, if there are any.</summary>
    public static void ReportTap(Terminal terminal, long messages, long position)
    {
        if (messages > 0)
        {
            Report(terminal, "missed: the senders were faster", messages, position);
        }
    }
}
