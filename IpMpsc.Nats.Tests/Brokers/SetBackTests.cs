using IpMpsc.Nats.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Nats.Tests.Brokers;

/// <summary>A broker loses what it had acknowledged, as after a power failure: both ends report that, and continue with what is new.</summary>
internal sealed class SetBackTests : BridgeFixture
{
    [Test]
    public void StreamThatWasSetBackIsReportedAndContinued()
    {
        using TestDirectory copies = new();
        RunningBridge source = Out(), sink = In();
        Traffic.Send(Origin, 0, 100);
        Patience.Until(() => sink.Status.Messages == 100, "the first hundred have arrived");
        Server.Kill();
        Copy(Server.Store, copies["store"]);
        Server.Start();

        for (long first = 100; first < 200; first += 10) // Several batches, so that the sequences are reused.
        {
            Traffic.Send(Origin, 0, 10, first);
            Patience.Until(() => sink.Status.Messages == first + 10, "ten more have arrived");
        }

        Server.Kill();
        Directory.Delete(Server.Store, recursive: true);
        Copy(copies["store"], Server.Store);
        Server.Start();
        Patience.Until(() => Losses() == 2, "both ends have reported the loss");
        Traffic.Send(Origin, 0, 100, first: 200);
        Patience.Until(() => sink.Status.Messages == 300, "the last hundred have arrived");
        sink.Dispose();
        source.Dispose();
        Traffic.Send(Origin, 0, 100, first: 300);
        Out();
        In();
        Traffic.ReceiveAll(Target, 400);
        Assert.That(Losses(), Is.EqualTo(2));
    }

    private int Losses() => Log.From(LogLevel.Error).Count(static line => line.Contains("acknowledged", StringComparison.Ordinal));

    private static void Copy(string from, string to)
    {
        foreach (string path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Join(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
