using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Printing;

/// <summary>Writes the messages that are wanted to the standard output.</summary>
internal sealed class MessagePrinter(MessageFilter filter, IMessageWriter writer) : IDisposable
{
    private readonly MessageOutput _output = new();

    public Printed Print(in DecodedMessage message) =>
        !filter.Matches(in message) ? Printed.Unwanted
        : _output.TryWrite(writer.Write(in message)) ? Printed.Written
        : Printed.ReaderGone;

    /// <summary>Prints a message, and counts it if it was wanted.</summary>
    /// <param name="message">The message.</param>
    /// <param name="left">How many are to be printed still.</param>
    /// <returns>Whether to go on.</returns>
    public bool Print(in DecodedMessage message, ref long left) => Print(in message) switch
    {
        Printed.Written => --left > 0,
        Printed.Unwanted => true,
        _ => false,
    };

    public void Dispose() => _output.Dispose();
}
