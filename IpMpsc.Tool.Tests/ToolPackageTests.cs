using System.Diagnostics;
using System.IO.Compression;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary>The package installs as a .NET tool that is called ipmpsc.</summary>
[Category("Package")]
public sealed class ToolPackageTests : ToolFixture
{
    [Test]
    public async Task TheToolIsInstalledAndRuns()
    {
        string project = Path.Join(Repository.Root, "IpMpsc.Tool");
        await Dotnet("pack", project, "--no-build", "--configuration", Repository.Configuration, "--output", Files.Path);
        VerifyContent(Directory.GetFiles(Files.Path, "*.nupkg").Single());
        File.WriteAllText(Files["nuget.config"], """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="local" value="." /></packageSources>
            </configuration>
            """);
        await Dotnet("tool", "install", "IpMpsc.Tool", "--prerelease", "--tool-path", Files["bin"], "--configfile", Files["nuget.config"]);

        using Process tool = Process.Start(new ProcessStartInfo(Files["bin/ipmpsc"], ["list"]) { RedirectStandardOutput = true })!;

        Assert.That(await tool.StandardOutput.ReadToEndAsync(), Is.EqualTo($"There are no channels in {Channels}.\n"));
    }

    private static void VerifyContent(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        string[] documentation =
        [
            .. package.Entries.Select(entry => entry.FullName)
                .Where(name => name.StartsWith("tools/", StringComparison.Ordinal) && name.EndsWith(".xml", StringComparison.Ordinal)
                    && Path.GetFileName(name) != "DotnetToolSettings.xml"),
        ];
        Assert.That(documentation, Is.Empty, "A tool must not contain the XML documentation of libraries.");
    }

    private async Task Dotnet(params string[] arguments)
    {
        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(Files.Path, arguments);
        Assert.That(exitCode, Is.Zero, output + errors);
    }
}
