using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Programs;

/// <summary><c>ipmpsc bridge</c>.</summary>
internal sealed class BridgeCommandTests : BridgeFixture
{
    [Test]
    public void BothEndsCarryUntilTheyAreInterrupted()
    {
        Traffic.Send(Origin, 0, 1_000);
        using RepositoryProgram source = Tool("bridge", Origin, $"{Server.Url}/{Stream}", "--json");
        using RepositoryProgram sink = Tool("bridge", Target, $"{Server.Url}/{Stream}", "--in");
        Traffic.ReceiveAll(Target, 1_000);
        Patience.Until(() => IpcChannel.Inspect(Origin).BytesUsed == 0, "everything is acknowledged");
        source.Interrupt();
        sink.Interrupt();

        (int sourceCode, string sourceOutput, string sourceErrors) = source.End();
        (int sinkCode, string sinkOutput, _) = sink.End();
        Assert.That((sourceCode, sinkCode), Is.EqualTo((0, 0)), sourceErrors);
        Assert.That(JsonDocument.Parse(sourceOutput).RootElement.GetProperty("messages").GetInt64(), Is.EqualTo(1_000));
        Assert.That(sinkOutput, Is.EqualTo("1,000 messages carried.\n"));
        Assert.That(sourceErrors, Does.Match($@"^\d\d:\d\d:\d\d\.\d\d\d .*to {Stream}: running, over {Server.Url}, from the first message"));
    }

    [Test]
    public void TracesCrossIfTheSinkIsToldSo()
    {
        ActivityContext context = ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
        using (RecordSender sender = RecordSender.OpenOrCreate(Origin, "", new IpcChannelOptions { TraceMessages = true }))
        {
            sender.Send(0, 0, [1], new MessageTrace(0, context));
        }

        using RepositoryProgram source = Tool("bridge", Origin, $"{Server.Url}/{Stream}");
        using RepositoryProgram sink = Tool("bridge", Target, $"{Server.Url}/{Stream}", "--in", "--traces");
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using ByteReceiver receiver = ByteReceiver.Open(Target);
        Assert.That(receiver.TryHold(out HeldBytes message, Patience.Limit), Is.True);
        Assert.That(message.Trace!.Value.Context.SpanId, Is.EqualTo(context.SpanId));
        message.Dispose();
    }

    [Test]
    public void ItSaysWhatItWaitsFor()
    {
        using RepositoryProgram source = Tool("bridge", Origin, $"{Server.Url}/{Stream}");
        Patience.Until(() => source.Transcript().Contains("waits for the channel", StringComparison.Ordinal), "the bridge says that it waits");
        source.Interrupt();
        Assert.That(source.End().ExitCode, Is.Zero);
    }

    [TestCase("PRICES")]
    [TestCase("nats://broker:4222")]
    [TestCase("nats://broker:4222/")]
    [TestCase("nats://broker:4222/a.b")]
    public void AddressWithoutAStreamIsRefused(string address)
    {
        using RepositoryProgram tool = Tool("bridge", "prices", address);
        (int exitCode, _, string errors) = tool.End();
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("write it as nats://broker:4222/PRICES"));
    }

    private static RepositoryProgram Tool(params string[] arguments) => new("IpMpsc.Tool", "ipmpsc", arguments);
}
