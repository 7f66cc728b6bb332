using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Printing;

/// <summary>Writes messages as lines. What cannot be decoded is written as its bytes, with the reason.</summary>
/// <param name="style">How.</param>
/// <param name="showsChannel">Whether each line begins with the channel: there are several.</param>
/// <param name="showsTime">Whether each line has the time at which the message was read.</param>
internal sealed class MessageWriter(MessageStyle style, bool showsChannel = false, bool showsTime = false) : IMessageWriter
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JsonText.Encoder, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>One message as one line, or as several in hexadecimal; each ends with a line feed.</summary>
    public ReadOnlySpan<byte> Write(in DecodedMessage message)
    {
        _buffer.ResetWrittenCount();
        if (style == MessageStyle.Json)
        {
            WriteJson(in message);
        }
        else
        {
            WritePrefix(in message);
            if (style == MessageStyle.Hex)
            {
                Append($"position {message.Position:N0}, {message.TypeName} version {message.Version}, {message.Payload.Length:N0} bytes\n");
                Append(HexDump.Of(message.Payload));
                return _buffer.WrittenSpan;
            }

            WriteText(in message);
        }

        Append("\n");
        return _buffer.WrittenSpan;
    }

    private void WritePrefix(in DecodedMessage message)
    {
        if (showsTime && message.Seen is { } seen)
        {
            Append($"{seen.ToLocalTime().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture)} ");
        }

        if (showsTime && message.Trace is { } trace)
        {
            Append($"({Format.Duration(trace.Age.TotalSeconds)}) ");
        }

        if (showsChannel)
        {
            Append($"{Terminal.Clean(message.Channel)}: ");
        }
    }

    private void WriteJson(in DecodedMessage message)
    {
        using Utf8JsonWriter json = new(_buffer, s_json);
        json.WriteStartObject();
        if (showsChannel)
        {
            json.WriteString("channel", message.Channel);
        }

        if (showsTime && message.Seen is { } seen)
        {
            json.WriteString("seen", seen.UtcDateTime);
        }

        if (message.Trace is { } trace)
        {
            WriteTrace(json, trace);
        }

        json.WriteNumber("position", message.Position);
        if (message.Type is not null)
        {
            json.WriteString("type", message.Type.Name);
        }

        if (message.Id != 0)
        {
            json.WriteNumber("id", message.Id);
            json.WriteNumber("version", message.Version);
        }

        if (message.Value is not null)
        {
            json.WritePropertyName("message");
            message.Value.WriteTo(json);
        }
        else
        {
            json.WriteBase64String("bytes", message.Payload);
        }

        if (message.Problem is not null)
        {
            json.WriteString("problem", message.Problem);
        }

        json.WriteEndObject();
    }

    /// <summary>When the message was sent, by the clock of this machine now, and the W3C traceparent of its sender.</summary>
    private static void WriteTrace(Utf8JsonWriter json, MessageTrace trace)
    {
        TimeSpan age = trace.Age;
        json.WriteString("sent", DateTime.UtcNow - age);
        json.WriteNumber("age", age.TotalSeconds);
        if (trace.Context != default)
        {
            json.WriteString("traceparent", $"00-{trace.Context.TraceId}-{trace.Context.SpanId}-{(int)trace.Context.TraceFlags:x2}");
        }
    }

    private void WriteText(in DecodedMessage message)
    {
        if (message.Value is not null)
        {
            Append($"{message.TypeName} ");
            using Utf8JsonWriter json = new(_buffer, s_json);
            message.Value.WriteTo(json);
        }
        else if (message.Problem is not null)
        {
            Append($"{message.TypeName} cannot be decoded, {Terminal.Clean(message.Problem)}: {Convert.ToHexString(message.Payload)}");
        }
        else
        {
            Append(MessageText.Of(message.Payload) ?? Convert.ToHexString(message.Payload));
        }
    }

    private void Append(string text) => _buffer.Write(Encoding.UTF8.GetBytes(text));
}
