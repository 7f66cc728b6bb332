using System.Diagnostics;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Packages;

/// <summary>The templates create projects that build from the packages and exchange messages.</summary>
[Category("Package")]
[CancelAfter(300_000)]
public sealed class TemplateTests
{
    private PackageFeed _feed = null!;
    private TestDirectory? _channels;

    [OneTimeSetUp]
    public async Task TakeFeed()
    {
        SharedFeed.RequireRelease();
        _channels = new TestDirectory();
        _feed = await SharedFeed.GetAsync();
    }

    [OneTimeTearDown]
    public void DeleteChannels() => _channels?.Dispose();

    [Test]
    public async Task ChannelCanBeNamed()
    {
        string folder = _feed.CreateFolder("named"), hive = Path.Join(folder, "hive");
        await PackageFeed.RunAsync(folder, "new", "install", _feed.PathOf("IpMpsc.Templates"), "--debug:custom-hive", hive);
        await PackageFeed.RunAsync(folder, "new", "ipmpsc-worker", "--name", "Plant", "--channel", "heat", "--skipRestore", "--debug:custom-hive", hive);
        foreach (string service in (string[])["Sender", "Receiver"])
        {
            Assert.That(File.ReadAllText(Path.Join(folder, $"Plant/Plant.{service}/Program.cs")), Does.Contain("\"heat\""));
            Assert.That(File.ReadAllText(Path.Join(folder, $"Plant/Plant.{service}/appsettings.json")), Does.Contain("\"heat\": {"));
        }
    }

    /// <summary>Also of a solution whose name is neither a namespace nor the name of a channel.</summary>
    [Test]
    public async Task WorkersMakeASenderAndAReceiver()
    {
        string folder = _feed.CreateFolder("worker"), hive = Path.Join(folder, "hive");
        await PackageFeed.RunAsync(folder, "new", "install", _feed.PathOf("IpMpsc.Templates"), "--debug:custom-hive", hive);
        await PackageFeed.RunAsync(folder, "new", "ipmpsc-worker", "--name", "My Plant", "--debug:custom-hive", hive);
        string[] written = Directory.GetFiles(Path.Join(folder, "My Plant"), "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 });
        Assert.That(written.Where(file => File.ReadAllText(file) is var text && (text.Contains("Weather1") || text.Contains("_VERSION") || text.Contains("CHANNEL_NAME") || text.Contains("SOLUTION_NAME"))), Is.Empty);
        Assert.That(await PackageFeed.RunAsync(Path.Join(folder, "My Plant"), "build", "--warnaserror"), Does.Contain("0 Warning(s)"));

        using FeedProgram sender = Start("Sender", "--Sensor:Interval", "00:00:00.005", "--Sensor:Id", "17");
        using FeedProgram receiver = Start("Receiver");
        for (int number = 1; number <= 100; number++)
        {
            Assert.That(receiver.ListenFor("Sensor 17, reading "), Does.Contain($"Sensor 17, reading {number}: ").And.Contains("in the garden"));
        }

        sender.Interrupt();
        Assert.That(sender.End().ExitCode, Is.Zero, sender.Transcript());
        receiver.Interrupt();
        (int exitCode, string transcript) = receiver.End();
        Assert.That(exitCode, Is.Zero, transcript);
        Assert.That(transcript, Does.Contain("Channel my_plant stopped: ").And.Contain("; 0 moved to dead letters; none left"));

        FeedProgram Start(string service, params string[] arguments) => new(service, new ProcessStartInfo(
            "dotnet", ["exec", Path.Join(folder, $"My Plant/My Plant.{service}/bin/Debug/net10.0/My Plant.{service}.dll"), .. arguments])
        {
            Environment = { ["XDG_RUNTIME_DIR"] = _channels!.Path },
        });
    }
}
