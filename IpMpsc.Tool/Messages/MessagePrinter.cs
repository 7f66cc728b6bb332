using IpMpsc.Tool.Filters;

namespace IpMpsc.Tool.Messages;

/// <summary>Writes the messages that are wanted to the standard output.</summary>
internal sealed class MessagePrinter(MessageFilter filter, IMessageWriter writer) : IDisposable
{
    private readonly MessageOutput _output = new();

    public Printed Print(in DecodedMessage message) =>
        !filter.Matches(in message) ? Printed.Unwanted
        : _output.TryWrite(writer.Write(in message)) ? Printed.Written
        : Printed.ReaderGone;

    public void Dispose() => _output.Dispose();
}
