using System.Buffers;
using System.Text;
using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Printing;

/// <summary>Writes messages as a template says: text with fields in braces, such as <c>{Instrument} {Bid:0.00}</c>.</summary>
internal sealed class TemplateWriter : IMessageWriter
{
    private readonly ByType<TemplatePart[]> _parts;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly MessageWriter _otherwise = new(MessageStyle.Text);

    /// <param name="template">The template.</param>
    /// <param name="decoders">The channels.</param>
    /// <param name="filter">The types that can occur.</param>
    public TemplateWriter(string template, IReadOnlyCollection<MessageDecoder> decoders, MessageFilter filter) =>
        _parts = new ByType<TemplatePart[]>("--format", decoders, filter.Wants, type => [.. TemplatePart.Split(template, type)]);

    /// <inheritdoc />
    /// <remarks>A message whose type lacks one of the fields, or that cannot be decoded, is written as without a template.</remarks>
    public ReadOnlySpan<byte> Write(in DecodedMessage message)
    {
        if (_parts.For(in message) is not { } parts)
        {
            return _otherwise.Write(in message);
        }

        StringBuilder line = new();
        foreach (TemplatePart part in parts)
        {
            line.Append(part.TextOf(in message));
        }

        _buffer.ResetWrittenCount();
        _buffer.Write(Encoding.UTF8.GetBytes(line.Append('\n').ToString()));
        return _buffer.WrittenSpan;
    }
}
