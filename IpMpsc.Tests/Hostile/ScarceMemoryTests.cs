using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Hostile;

/// <summary>A message that cannot be copied for lack of memory stays in the ring.</summary>
[NonParallelizable]
[CancelAfter(60_000)]
public sealed class ScarceMemoryTests : ChannelFixture
{
    private const int Attempts = 3;

    private Receiver<ScarceMemoryNote> _receiver = null!;

    /// <summary>Every way to an owned copy of the next message.</summary>
    private static IEnumerable<TestCaseData> Receives =>
    [
        Case("Receive", static (receiver, watchdog) => Task.FromResult(receiver.Receive(watchdog))),
        Case("TryReceive", static (receiver, _) => Task.FromResult(receiver.TryReceive(out ScarceMemoryNote note) ? note : default)),
        Case("TryReceive with a timeout", static (receiver, watchdog) =>
            Task.FromResult(receiver.TryReceive(out ScarceMemoryNote note, TimeSpan.Zero, watchdog) ? note : default)),
        Case("ReceiveAsync", static async (receiver, watchdog) => await receiver.ReceiveAsync(watchdog)),
        Case("ReadAllAsync", static async (receiver, watchdog) =>
        {
            await foreach (ScarceMemoryNote note in receiver.ReadAllAsync(watchdog))
            {
                return note;
            }

            return default;
        }),
        Case("ChannelReader", static (receiver, watchdog) => receiver.AsChannelReader().ReadAsync(watchdog).AsTask()),
        Case("HeldMessage.Read", static (receiver, watchdog) =>
        {
            // A held message leaves the ring only when it is released.
            HeldMessage<ScarceMemoryNote> held = receiver.Hold(watchdog);
            try
            {
                ScarceMemoryNote note = held.Read();
                held.Dispose();
                return Task.FromResult(note);
            }
            finally
            {
                receiver.Rewind();
            }
        }),
    ];

    [SetUp]
    public void SendTwo()
    {
        ScarceMemoryNote.Failures = 0;
        _receiver = Receiver<ScarceMemoryNote>.Create(ChannelPath);
        using Sender<ScarceMemoryNote> sender = Sender<ScarceMemoryNote>.Open(ChannelPath);
        sender.Send(new ScarceMemoryNote { Note = new Note { Number = 1, Text = "first" } });
        sender.Send(new ScarceMemoryNote { Note = new Note { Number = 2, Text = "second" } });
    }

    [TearDown]
    public void Close() => _receiver.Dispose();

    [TestCaseSource(nameof(Receives))]
    public async Task AMessageThatCannotBeCopiedIsReceivedByALaterCall(
        Func<Receiver<ScarceMemoryNote>, CancellationToken, Task<ScarceMemoryNote>> receive, CancellationToken watchdog)
    {
        ScarceMemoryNote.Failures = Attempts;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Assert.That(async () => await receive(_receiver, watchdog), Throws.TypeOf<OutOfMemoryException>());
            Assert.That(IpcChannel.Inspect(ChannelPath).MessagesReceived, Is.Zero, "Both messages are in the ring.");
        }

        Assert.That((await receive(_receiver, watchdog)).Note.Text, Is.EqualTo("first"));
        Assert.That((await receive(_receiver, watchdog)).Note.Number, Is.EqualTo(2));
        Assert.That(_receiver.TryReceive(out _), Is.False);
    }

    /// <summary>The handler makes the copy while it holds the message. If it throws, the loop releases the message.</summary>
    [Test]
    public void AHandlerThatThrowsLosesItsMessageOnly()
    {
        ScarceMemoryNote.Failures = 1;

        Assert.That(() => _receiver.Drain(static message => message.Read()), Throws.TypeOf<OutOfMemoryException>());

        Assert.That(_receiver.Receive().Note.Number, Is.EqualTo(2), "The handler's message was released.");
    }

    private static TestCaseData Case(
        string name, Func<Receiver<ScarceMemoryNote>, CancellationToken, Task<ScarceMemoryNote>> receive) =>
        new TestCaseData(receive).SetArgDisplayNames(name);
}
