using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Printing;

/// <summary>Turns messages into text.</summary>
internal interface IMessageWriter
{
    /// <summary>The text of a message, with the line feeds at its end; valid until the next call.</summary>
    ReadOnlySpan<byte> Write(in DecodedMessage message);
}
