using System.CommandLine;
using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc send</c>: encodes lines from the standard input and sends them.</summary>
internal sealed class SendCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Argument<string> _type = new("TYPE")
    {
        Description = "The message type: its full name or the last part of it, or 'text' or 'bytes' for a channel of raw bytes.",
    };

    public SendCommand() : base(
        "send",
        "Send each line of standard input, a JSON object, as a message. Empty lines are skipped.",
        "ipmpsc send quotes Quote < quotes.json")
    {
        Arguments.Add(_name);
        Arguments.Add(_type);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using RecordSender sender = ChannelName.Find(arguments.GetRequiredValue(_name), Participation.Sender);
        LineEncoder encoder = LineEncoder.For(sender.Schema, arguments.GetRequiredValue(_type));
        using StreamReader input = new(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        long sent = 0;
        try
        {
            for (long line = 1; NextLine(input, line, sent, cancellation) is { } text; line++)
            {
                if (!string.IsNullOrWhiteSpace(text))
                {
                    Send(sender, encoder, text, line, sent, cancellation);
                    sent++;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new ToolException(ExitCode.Interrupted, $"Interrupted. Sent before: {Format.Messages(sent)}.", ("sent", sent));
        }

        terminal.Done(new { sent }, $"{Format.Messages(sent)} sent.");
        return ExitCode.Success;
    }

    private static string? NextLine(StreamReader input, long line, long sent, CancellationToken cancellation)
    {
        try
        {
            return input.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (DecoderFallbackException)
        {
            throw Problem(line, sent, "it is not UTF-8");
        }
    }

    private static void Send(
        RecordSender sender, LineEncoder encoder, string text, long line, long sent, CancellationToken cancellation)
    {
        try
        {
            sender.Send(encoder.MessageId, encoder.SchemaVersion, encoder.Encode(text), cancellation);
        }
        catch (JsonException error)
        {
            string where = error.BytePositionInLine is { } at ? $" at byte {at + 1}" : "";
            throw Problem(line, sent, $"it is not JSON{where}: {error.Message.Split(" LineNumber:")[0]}");
        }
        catch (MessageValueException error)
        {
            throw Problem(line, sent, error.Message, error.Field, error.Expected);
        }
        catch (Exception error) when (error is MessageTooLargeException or EncoderFallbackException)
        {
            throw Problem(line, sent, error.Message);
        }
    }

    private static ToolException Problem(long line, long sent, string problem, string? field = null, string? expected = null)
    {
        string before = sent switch
        {
            0 => "Nothing was sent",
            1 => "The message before it was sent",
            _ => $"The {sent:N0} messages before it were sent",
        };
        return new ToolException(
            ExitCode.BadData,
            $"Line {line:N0}: {problem.TrimEnd('.')}. {before}.",
            ("line", line),
            ("field", field),
            ("expected", expected),
            ("sent", sent));
    }
}
