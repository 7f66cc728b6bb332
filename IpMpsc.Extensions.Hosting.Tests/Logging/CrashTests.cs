using IpMpsc.Extensions.Hosting.Logging;
using IpMpsc.Extensions.Hosting.Tests.Support;

namespace IpMpsc.Extensions.Hosting.Tests.Logging;

/// <summary>What a process has logged is in the channel, however the process ends.</summary>
public sealed class CrashTests
{
    private const int Lines = 1000;

    [TestCase("kill")]
    [TestCase("fail-fast")]
    [TestCase("overflow")]
    public void EveryLineIsReadAfterTheDeathOfItsProcess(string end)
    {
        using TestDirectory directory = new();
        using HostPeer peer = new("log", directory["logs"], $"{Lines}", end);
        peer.Expect("logged");
        if (end == "kill")
        {
            peer.Kill();
        }

        Assert.That(peer.End(), Is.Not.Zero);
        using Receiver<LogEvent> receiver = Receiver<LogEvent>.Open(directory["logs"]);
        for (int line = 0; line < Lines; line++)
        {
            Assert.That(receiver.TryReceive(out LogEvent entry), () => $"Line {line} is missing.");
            Assert.That(entry.Message, Is.EqualTo($"Line {line} of {Lines}"));
            Assert.That((entry.Application, entry.ProcessId), Is.EqualTo(("Peer", peer.Id)));
        }

        Assert.That(receiver.TryReceive(out _), Is.False);
    }
}
