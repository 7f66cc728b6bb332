using IpMpsc.Generators.Tests.Messages;

namespace IpMpsc.Generators.Tests;

/// <summary>Several message types on one channel, over real channels.</summary>
public sealed class ProtocolTests
{
    private static readonly Document s_document = new() { Title = "Hello", Signature = [] };
    private static readonly OrderV2 s_order = new() { Quantity = 3, Venue = 4 };

    [Test]
    public void HandlerSeesEveryMessageInOrder()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        sender.Send(new Point(1, 2));
        sender.Send(s_document);
        sender.Send(s_order);
        Handler handler = new();

        receiver.ReceiveTo(handler);
        Assert.That(receiver.TryReceiveTo(handler, TimeSpan.Zero), Is.True);
        Assert.That(receiver.DrainTo(handler), Is.EqualTo(1));

        Assert.That(handler.Seen, Is.EqualTo(new[] { "Point 1 2", "Document Hello", "Order 3 at 4" }));
        Assert.That(receiver.TryReceiveTo(handler), Is.False);
    }

    [Test]
    public void MessageKnowsItsType()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.ExclusiveSender sender = Conversation.OpenExclusiveSender(receiver.Path);
        Assert.That(sender.TrySend(new Point(1, 2)), Is.True);
        Assert.That(sender.TrySend(s_document, TimeSpan.Zero), Is.True);

        using (Conversation.Message message = receiver.Receive())
        {
            Assert.That(message.Kind, Is.EqualTo(Conversation.MessageKind.Point));
            Assert.That(message.AsPoint.X, Is.EqualTo(1));
            try
            {
                _ = message.AsDocument.IsDraft;
                Assert.Fail("A point was read as a document.");
            }
            catch (InvalidOperationException error)
            {
                Assert.That(error.Message, Does.Contain("The message has id 42; IpMpsc.Generators.Tests.Messages.Document has id"));
            }
        }

        Assert.That(receiver.TryReceive(out Conversation.Message second), Is.True);
        Assert.That(second.AsDocument.GetTitleString(), Is.EqualTo("Hello"));
        second.Dispose();
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task MessagesOfAllKindsAreHeldAsTheyArrive(CancellationToken watchdog)
    {
        using Conversation.Receiver receiver =
            Conversation.CreateTemporaryReceiver(new IpcChannelOptions { EndWithSenders = true });
        List<Conversation.HeldMessage> held = [];
        using (Conversation.Sender sender = Conversation.OpenSender(receiver.Path))
        {
            sender.Send(new Point(1, 2), watchdog);
            sender.Send(s_document, watchdog);
            await foreach (Conversation.HeldMessage message in receiver.HoldAllAsync(watchdog))
            {
                held.Add(message);
                if (held.Count == 2)
                {
                    sender.Send(new Point(3, 4), watchdog);
                }
                else if (held.Count == 3)
                {
                    sender.Dispose(); // The loop ends with the last sender.
                }
            }
        }

        Assert.That(receiver.HeldMessages, Is.EqualTo(3), "The loop releases nothing.");
        Assert.That(held[1].AsDocument.GetTitleString(), Is.EqualTo("Hello"));
        Assert.That(held[2].AsPoint.X, Is.EqualTo(3));
        held.ForEach(static message => message.Dispose());
        Assert.That(receiver.HeldMessages, Is.Zero);
    }

    [Test]
    public void ClaimsAreFilledInPlace()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);

        using (Claim<Document> claim = sender.ClaimDocument(new Document.Sizes { Title = 2 }))
        {
            "ok"u8.CopyTo(claim.Writer.Title);
            claim.Commit();
        }

        Assert.That(sender.TryClaimOrderV2(out Claim<OrderV2> order), Is.True);
        order.Writer.Venue = 9;
        order.Commit();

        Handler handler = new();
        receiver.DrainTo(handler);
        Assert.That(handler.Seen, Is.EqualTo(new[] { "Document ok", "Order 0 at 9" }));
    }

    [Test]
    public void OrderOfTheTypesAndVersionsMayDiffer()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using ReorderedConversation.Sender sender = ReorderedConversation.OpenSender(receiver.Path);
        sender.Send(new Point(5, 6));
        sender.Send(new OrderV1 { Quantity = 8 });
        Handler handler = new();

        receiver.DrainTo(handler);

        Assert.That(handler.Seen, Is.EqualTo(new[] { "Point 5 6", "Order 8 at 0" }));
    }

    [Test]
    public void MessageThatOneSideDoesNotHaveIsNamedAtOpen()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();

        Assert.That(
            () => ShorterConversation.OpenSender(receiver.Path),
            Throws.TypeOf<ChannelMismatchException>()
                .With.Message.Contains("it carries 'message IpMpsc.Generators.Tests.Messages.Document id"));
    }

    [Test]
    public void UnknownIdIsATypedErrorAndIsSkipped()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        sender.Send(new Point(1, 1));
        sender.Send(new Point(2, 2));
        OverwriteFirstId(receiver.Path, from: 42, to: 999);

        UnknownMessageException error = Assert.Throws<UnknownMessageException>(() => receiver.Receive().Dispose())!;

        Assert.That(error.MessageId, Is.EqualTo(999));
        Assert.That(error.Position, Is.Zero);
        using Conversation.Message next = receiver.Receive();
        Assert.That(next.AsPoint.X, Is.EqualTo(2));
    }

    [Test]
    public void MessageIsReleasedWhenTheHandlerThrows()
    {
        using Conversation.Receiver receiver = Conversation.CreateTemporaryReceiver();
        using Conversation.Sender sender = Conversation.OpenSender(receiver.Path);
        sender.Send(new Point(1, 1));
        sender.Send(new Point(2, 2));

        Assert.That(() => receiver.ReceiveTo(new Handler { Fails = true }), Throws.TypeOf<NotSupportedException>());

        Handler handler = new();
        receiver.ReceiveTo(handler);
        Assert.That(handler.Seen, Is.EqualTo(new[] { "Point 2 2" }));
    }

    [Test]
    public void ChannelsAreMadeOpenedAndReplaced()
    {
        string path = Path.Join(Path.GetTempPath(), $"protocol-{Guid.NewGuid():N}");
        using (Conversation.Sender sender = Conversation.OpenOrCreateSender(path))
        {
            sender.Send(new Point(1, 1));
        }

        using (Conversation.Receiver receiver = Conversation.OpenReceiver(path))
        {
            using Conversation.Message message = receiver.Receive();
            Assert.That(message.AsPoint.X, Is.EqualTo(1));
        }

        Assert.That(() => Conversation.CreateReceiver(path), Throws.TypeOf<ChannelInUseException>());
        Conversation.OpenOrCreateReceiver(path).Dispose();
        Conversation.ReplaceReceiver(path, new IpcChannelOptions { DeleteOnDispose = true }).Dispose();
        Assert.That(File.Exists(path), Is.False);
    }

    /// <summary>Changes the id of the first record in the file, which no sender does.</summary>
    private static void OverwriteFirstId(string path, ushort from, ushort to)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);

        // The second word of the record of a point: 16 bytes, the id, version 1.
        byte[] description = [16, 0, 0, 0, (byte)from, (byte)(from >> 8), 1, 0];
        file.Position = bytes.AsSpan().IndexOf(description) + 4;
        file.Write([(byte)to, (byte)(to >> 8)]);
    }

    private sealed class Handler : Conversation.IHandler
    {
        public List<string> Seen { get; } = [];

        public bool Fails { get; init; }

        public void Handle(Point.View message)
        {
            if (Fails)
            {
                throw new NotSupportedException();
            }

            Seen.Add($"Point {message.X} {message.Y}");
        }

        public void Handle(Document.View message) => Seen.Add($"Document {message.GetTitleString()}");

        public void Handle(OrderV2.View message) => Seen.Add($"Order {message.Quantity} at {message.Venue}");
    }
}
