using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Packages;

/// <summary>A project in an empty folder that references one package gets the library, the generator and the analyzers.</summary>
[Category("Package")]
[CancelAfter(300_000)]
public sealed class PackageTests
{
    private PackageFeed _feed = null!;

    [OneTimeSetUp]
    public async Task TakeFeed() => _feed = await SharedFeed.GetAsync();

    // Also through a package that depends on IpMpsc: the analyzers come along with the dependency.
    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.Libraries))]
    public async Task ProgramOfOneFileRuns(string package)
    {
        string project = _feed.WriteProject($"runs-{package}", package, """
            using IpMpsc;

            using Receiver<Quote> receiver = Receiver<Quote>.CreateTemporary();
            using Sender<Quote> sender = Sender<Quote>.Open(receiver.Path);
            sender.Send(new Quote { Bid = 1.5, Symbol = "ABC" });
            using ReceivedMessage<Quote> message = receiver.ReceiveInPlace();
            System.Console.WriteLine($"{message.View.GetSymbolString()} {message.View.Bid}");

            [ChannelMessage]
            public partial struct Quote
            {
                public double Bid;
                public string Symbol;
            }
            """);

        Assert.That(await PackageFeed.RunAsync(project, "run"), Does.Contain("ABC 1.5"));
    }

    [Test]
    public async Task InvalidMessageDoesNotCompile()
    {
        string project = _feed.WriteProject("refuses", "IpMpsc", """
            [IpMpsc.ChannelMessage]
            public partial struct Quote
            {
                public object Symbol;
            }
            """);

        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(project, "build");

        Assert.That(exitCode, Is.Not.Zero, output + errors);
        Assert.That(output + errors, Does.Contain("error IPM0004"));
    }

    [Test]
    public async Task OneCommandWritesTheBaselineThatProtectsTheMessages()
    {
        const string Messages = """
            System.Console.WriteLine();
            [IpMpsc.ChannelMessage(Id = 1)] public partial struct Quote { public double Bid; }
            [IpMpsc.ChannelMessage(Id = 2)] public partial struct Note { public string Text; }
            """;
        string project = _feed.WriteProject("baseline", "IpMpsc", Messages);
        string baseline = Path.Join(project, "baseline.ipmpsc-schema"), source = Path.Join(project, "Program.cs");

        await PackageFeed.RunAsync(project, "build", "-t:WriteIpMpscBaseline");
        string first = "message Note id 2 version 1 size 8\n  Text utf8 @0\n\nmessage Quote id 1 version 1 size 8\n  Bid f64 @0\n";
        Assert.That(File.ReadAllText(baseline), Is.EqualTo(first));

        File.WriteAllText(baseline, "# Version 1.0\n" + first);
        File.WriteAllText(source, Messages.Replace("double", "float", StringComparison.Ordinal));
        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(project, "build");
        Assert.That(exitCode, Is.Not.Zero, output + errors);
        Assert.That(output + errors, Does.Contain("error IPM0026"));

        // Twice: before the second build, nothing that the compiler reads has changed.
        await PackageFeed.RunAsync(project, "build", "-t:WriteIpMpscBaseline");
        await PackageFeed.RunAsync(project, "build", "-t:WriteIpMpscBaseline");
        Assert.That(
            File.ReadAllText(baseline),
            Is.EqualTo("# Version 1.0\n" + first.Replace("size 8\n  Bid f64", "size 4\n  Bid f32", StringComparison.Ordinal)));
        await PackageFeed.RunAsync(project, "build");
    }

    [Test]
    public async Task ProjectWithSeveralFrameworksNamesOneOfThemForItsBaseline()
    {
        string project = _feed.WriteProject(
            "several", "IpMpsc", "System.Console.WriteLine(); [IpMpsc.ChannelMessage(Id = 1)] public partial struct Quote { public double Bid; }");
        string file = Path.Join(project, "several.csproj");
        // One framework is enough to test this: the inner build for it has the target, the outer build for all has not.
        File.WriteAllText(file, File.ReadAllText(file).Replace("TargetFramework>", "TargetFrameworks>", StringComparison.Ordinal));

        await PackageFeed.RunAsync(project, "build", "-t:WriteIpMpscBaseline", "-f", "net10.0");

        Assert.That(
            File.ReadAllText(Path.Join(project, "several.ipmpsc-schema")), Is.EqualTo("message Quote id 1 version 1 size 8\n  Bid f64 @0\n"));
    }

    [TestCase("net8.0")]
    [TestCase("net9.0")]
    [TestCase("netstandard2.0")]
    public async Task OlderFrameworkIsRefusedAtRestore(string framework)
    {
        string project = _feed.WriteProject($"old-{framework}", "IpMpsc", "", framework);

        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(project, "restore");

        Assert.That(exitCode, Is.Not.Zero, output + errors);
        Assert.That(output + errors, Does.Match($"error NU1202: Package IpMpsc .* is not compatible with {framework}.* supports: net10.0"));
    }
}
