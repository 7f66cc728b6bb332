using IpMpsc.Schemas;

namespace IpMpsc.Tests.Aot;

/// <summary>What a program may do with a channel, each of it once; a scenario throws if something is wrong.</summary>
internal static class Scenarios
{
    public static readonly (string Name, Func<Task> Run)[] All =
    [
        ("fixed message, copied and in place", Fixed),
        ("variable message, written, filled and read in place", Variable),
        ("batch and drain", Batches),
        ("protocol", Protocol),
        ("asynchronous sends and receives", Asynchronous),
        ("held messages", Holding),
        ("set of receivers", Sets),
        ("bytes", Bytes),
        ("decoding by the schema alone, as JSON too", Schemas),
        ("System.Threading.Channels", Adaptors),
        ("looking from outside", Observing),
        ("errors", Errors),
    ];

    private static Task Fixed()
    {
        using var receiver = Receiver<Quote>.CreateTemporary();
        using var sender = ExclusiveSender<Quote>.Open(receiver.Path);
        sender.Send(new Quote { Instrument = 7, Bid = 1.5 });
        sender.Send(new Quote { Instrument = 8, Ask = 2.5 });
        Require(receiver.Receive() is { Instrument: 7, Bid: 1.5 });
        using var message = receiver.ReceiveInPlace();
        Require(message.View.Ask == 2.5);
        return Task.CompletedTask;
    }

    private static Task Variable()
    {
        using var receiver = Receiver<Note>.CreateTemporary();
        using var sender = Sender<Note>.Open(receiver.Path);
        sender.Send(new Note { Author = 1, Text = "Größe", Samples = [1, 2, 3] });
        using (var claim = sender.Claim(new Note.Sizes { Text = 2, Samples = 1 }))
        {
            claim.Writer.Author = 2;
            "ok"u8.CopyTo(claim.Writer.Text);
            claim.Writer.Samples[0] = 4;
            claim.Commit();
        }

        Note note = receiver.Receive();
        Require(note is { Author: 1, Text: "Größe", Samples: [1, 2, 3] });
        using var message = receiver.ReceiveInPlace();
        Require(message.View.Text.SequenceEqual("ok"u8) && message.View.Samples[0] == 4);
        return Task.CompletedTask;
    }

    private static Task Batches()
    {
        using var receiver = Receiver<Quote>.CreateTemporary();
        using var sender = Sender<Quote>.Open(receiver.Path);
        sender.SendBatch([new Quote { Instrument = 1 }, new Quote { Instrument = 2 }]);
        int sum = 0;
        Require(receiver.Drain(message => sum += message.View.Instrument) == 2 && sum == 3);
        return Task.CompletedTask;
    }

    private static Task Protocol()
    {
        using var receiver = Market.CreateTemporaryReceiver();
        using var sender = Market.OpenSender(receiver.Path);
        sender.Send(new Quote { Instrument = 7 });
        sender.Send(new Note { Text = "note" });
        using (var first = receiver.Receive())
        {
            Require(first.Kind == Market.MessageKind.Quote && first.AsQuote.Instrument == 7);
        }

        using var second = receiver.Receive();
        Require(second.Kind == Market.MessageKind.Note && second.AsNote.GetTextString() == "note");
        return Task.CompletedTask;
    }

    private static async Task Asynchronous()
    {
        using var receiver = Receiver<Note>.CreateTemporary();
        using var sender = Sender<Note>.Open(receiver.Path);
        ValueTask<Note> pending = receiver.ReceiveAsync();
        await sender.SendAsync(new Note { Text = "later" });
        Require((await pending).Text == "later");
    }

    private static async Task Holding()
    {
        using var receiver = Receiver<Note>.CreateTemporary();
        using var sender = Sender<Note>.Open(receiver.Path);
        sender.Send(new Note { Text = "first" });
        sender.Send(new Note { Text = "second" });
        using var first = receiver.Hold();
        using var second = await receiver.HoldAsync();
        Require(second.Read().Text == "second" && first.Read().Text == "first");
    }

    private static Task Sets()
    {
        using var quiet = Receiver<Quote>.CreateTemporary();
        using var busy = Receiver<Note>.CreateTemporary();
        using ReceiverSet set = new(quiet, busy);
        using var sender = Sender<Note>.Open(busy.Path);
        sender.Send(new Note { Text = "here" });
        Require(set.WaitAny(TimeSpan.FromSeconds(10)) == busy);
        return Task.CompletedTask;
    }

    private static Task Bytes()
    {
        using var receiver = ByteReceiver.CreateTemporary();
        using var sender = ByteSender.Open(receiver.Path);
        sender.Send("any bytes"u8);
        Require(receiver.Receive().AsSpan().SequenceEqual("any bytes"u8));
        return Task.CompletedTask;
    }

    private static Task Schemas()
    {
        using var typed = Receiver<Note>.CreateTemporary();
        using var sender = Sender<Note>.Open(typed.Path);
        sender.Send(new Note { Author = 3, Text = "decoded", Samples = [0.5] });
        using ChannelObserver observer = ChannelObserver.Open(typed.Path);
        PeekedMessage peeked = observer.Peek(maxMessages: 1).Messages[0];
        SchemaMessage message = SchemaDocument.Parse(observer.Inspect().Schema).Messages[0];
        MessageValue value = message.Decode(peeked.Payload.Span, peeked.SchemaVersion);
        Require(value["Text"]?.ToString() == "decoded");
        return Task.CompletedTask;
    }

    private static async Task Adaptors()
    {
        using var receiver = Receiver<Quote>.CreateTemporary();
        using var sender = Sender<Quote>.Open(receiver.Path);
        await sender.AsChannelWriter().WriteAsync(new Quote { Instrument = 5 });
        Require((await receiver.AsChannelReader().ReadAsync()).Instrument == 5);
    }

    private static Task Observing()
    {
        using var receiver = Receiver<Quote>.CreateTemporary();
        Require(IpcChannel.Inspect(receiver.Path).IsReceiverAttached);
        Require(IpcChannel.List().Any(channel => channel.Path == receiver.Path));
        return Task.CompletedTask;
    }

    private static Task Errors()
    {
        using var receiver = Receiver<Quote>.CreateTemporary();
        try
        {
            using var sender = Sender<Note>.Open(receiver.Path);
            throw new InvalidOperationException("A channel of quotes was opened for notes.");
        }
        catch (ChannelMismatchException error)
        {
            Require(error.Message.Contains("Note", StringComparison.Ordinal));
        }

        return Task.CompletedTask;
    }

    private static void Require(bool condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Not true: {what}");
        }
    }
}
