using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Programs;

/// <summary>The example and the benchmark, run as processes, do what the documents promise.</summary>
public sealed class BridgeProgramTests
{
    [Test]
    public void TwoMachinesLoseNothingAlthoughEverythingBetweenThemIsKilled()
    {
        NatsServer.Require();
        using RepositoryProgram example = new("examples/TwoMachines", assembly: null);
        (int exitCode, string output, string errors) = example.End();

        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output, Does.Contain("display: 20,000 readings, each once and in order"));
        Assert.That(output.Split("kill -9"), Has.Length.EqualTo(4));
    }

    [Test]
    public void TwoMachinesSayHowToGetTheBroker()
    {
        const string Variable = "NATS_SERVER";
        Environment.SetEnvironmentVariable(Variable, "/nowhere/nats-server"); // Processes that are started inherit it.
        try
        {
            using RepositoryProgram example = new("examples/TwoMachines", assembly: null);
            (int exitCode, string output, _) = example.End();
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain("apt-get install nats-server"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Test]
    public void BenchmarkPrintsItsRatios()
    {
        NatsServer.Require();
        using RepositoryProgram benchmark = new("IpMpsc.Benchmarks", assembly: null, "bridge", "--count", "2000", "--runs", "1");
        (int exitCode, string output, string errors) = benchmark.End();

        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output, Does.Match(@"each message published +[\d,]+ +[\d.]+ times").And.Match(@"the bridge +[\d.]+ ms p50 +[\d.]+ ms p99"));
    }

    /// <summary>On a busy machine the broker may not answer for seconds. The client gives up after two unless it is told otherwise, and then the benchmark has no end to measure.</summary>
    [Test]
    public void AnEndOfTheBenchmarkWaitsForABusyBroker()
    {
        NatsServer.Require();
        using TestDirectory directory = new();
        string channel = directory["origin"];
        using NatsServer broker = new();
        using Sender<Tick> sender = Sender<Tick>.OpenOrCreate(channel);
        broker.Pause();
        using RepositoryProgram end = new("IpMpsc.Benchmarks", assembly: null, "bridge-end", "prototype-out", channel, "BUSY", broker.Url);
        bool hasGivenUp = SpinWait.SpinUntil(() => end.HasExited, TimeSpan.FromSeconds(6));
        broker.Continue();

        Assert.That(hasGivenUp, Is.False, end.Transcript());
        sender.Send(new Tick());
        Patience.Until(() => IpcChannel.Inspect(channel).BytesUsed == 0, "the end has sent its message to the broker");
    }
}
