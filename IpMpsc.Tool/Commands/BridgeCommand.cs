using System.CommandLine;
using System.CommandLine.Parsing;
using IpMpsc.Nats;
using IpMpsc.Tool.Bridging;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;
using NATS.Client.Core;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc bridge</c>: carries a channel to another machine.</summary>
internal sealed class BridgeCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();
    private readonly Argument<string> _stream = new("STREAM")
    {
        Description = "The broker and the stream, as in nats://broker:4222/PRICES. Several brokers are separated by commas, the stream follows the last.",
    };
    private readonly Option<bool> _in = new("--in")
    {
        Description = "From the stream into the channel, which is created if it does not exist. Otherwise from the channel into the stream.",
    };
    private readonly Option<string?> _subject = new("--subject")
    {
        Description = "The subject below which bridges write and read; ipmpsc.STREAM by default.",
        HelpName = "SUBJECT",
    };
    private readonly Option<string?> _domain = new("--domain") { Description = "The JetStream domain.", HelpName = "NAME" };
    private readonly Option<string?> _creds = new("--creds") { Description = "A file with credentials.", HelpName = "FILE" };
    private readonly Option<string?> _nkey = new("--nkey") { Description = "A file with an NKey: the seed on one line, the public key on another.", HelpName = "FILE" };
    private readonly Option<string?> _ca = new("--ca") { Description = "The certificate of the authority that the broker's certificate comes from.", HelpName = "FILE" };
    private readonly Option<string?> _cert = new("--cert") { Description = "The client's certificate.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key") { Description = "The private key of the client's certificate.", HelpName = "FILE" };
    private readonly Option<long?> _firstSequence = new("--first-sequence")
    {
        Description = "With --in: the sequence number of the stream at which a new channel begins; 1 by default.",
        HelpName = "N",
        Validators = { MessageOptions.RequirePositive },
    };

    private readonly Option<bool> _traces = new("--traces")
    {
        Description = "With --in: messages keep the trace context of their senders, for 48 bytes more of the ring each.",
    };

    public BridgeCommand() : base(
        "bridge",
        "Carry a channel to another machine over NATS JetStream, until Ctrl-C: exactly once and in order.",
        "ipmpsc bridge prices nats://broker:4222/PRICES")
    {
        _stream.Validators.Add(RequireStream);
        Arguments.Add(_name);
        Arguments.Add(_stream);
        foreach (Option option in (Option[])[_in, _subject, _domain, _creds, _nkey, _ca, _cert, _key, _firstSequence, _traces])
        {
            Options.Add(option);
        }
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        (string url, string stream) = StreamAddress.Split(arguments.GetRequiredValue(_stream));
        NatsOpts connection = NatsOpts.Default with
        {
            Url = url,
            AuthOpts = NatsAuthOpts.Default with { CredsFile = arguments.GetValue(_creds), NKeyFile = arguments.GetValue(_nkey) },
            TlsOpts = NatsTlsOpts.Default with
            {
                CaFile = arguments.GetValue(_ca),
                CertFile = arguments.GetValue(_cert),
                KeyFile = arguments.GetValue(_key),
            },
        };
        JetStreamBridge bridge = Make(arguments, stream, connection);
        bridge.RunAsync(cancellation).GetAwaiter().GetResult();
        BridgeStatus status = bridge.Status;
        terminal.Done(
            new { messages = status.Messages, bytes = status.Bytes, batches = status.Batches, interruptions = status.Interruptions },
            $"{Format.Messages(status.Messages)} carried.");
        return ExitCode.Success;
    }

    private JetStreamBridge Make(ParseResult arguments, string stream, NatsOpts connection)
    {
        string name = arguments.GetRequiredValue(_name);
        (string? domain, string? subject) = (arguments.GetValue(_domain), arguments.GetValue(_subject));
        BridgeNotes notes = new();
        IpcChannelOptions channel = new() { ParticipantName = "ipmpsc bridge", TraceMessages = arguments.GetValue(_traces) };
        return arguments.GetValue(_in)
            ? new JetStreamSink(
                name,
                stream,
                new JetStreamSinkOptions { Connection = connection, Domain = domain, Subject = subject, FirstSequence = arguments.GetValue(_firstSequence) ?? 1 },
                channel,
                notes)
            : new JetStreamSource(name, stream, new JetStreamSourceOptions { Connection = connection, Domain = domain, Subject = subject }, channel, notes);
    }

    private static void RequireStream(ArgumentResult result)
    {
        if (result.Tokens is [var token] && !StreamAddress.IsValid(token.Value))
        {
            result.AddError($"'{token.Value}' names no broker and stream: write it as nats://broker:4222/PRICES.");
        }
    }
}
