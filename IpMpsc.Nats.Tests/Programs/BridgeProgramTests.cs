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
}
