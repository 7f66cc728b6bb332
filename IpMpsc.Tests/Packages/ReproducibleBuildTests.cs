using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Packages;

/// <summary>The package is the same wherever it is built, and does not contain the path of the build's directory.</summary>
[Category("Package")]
[CancelAfter(600_000)]
public sealed class ReproducibleBuildTests
{
    private static readonly string[] s_parts =
    [
        "IpMpsc.Runtime", "IpMpsc.Generators", "IpMpsc.CodeFixes", "assets", "CHANGELOG.md", "Directory.Build.props",
        "Directory.Build.targets", "Directory.Packages.props", "global.json", ".editorconfig",
    ];

    private DirectoryInfo _directory = null!;
    private Dictionary<string, string> _first = null!;
    private Dictionary<string, string> _second = null!;

    // Not in the test itself, because two builds take longer than a test may. With a repository on GitHub, a build also writes a map
    // from its sources to their URLs.
    [OneTimeSetUp]
    public async Task BuildInTwoPlaces()
    {
        SharedFeed.RequireRelease();
        _directory = Directory.CreateTempSubdirectory("ipmpsc-builds-");
        _first = await PackAsync("one");
        _second = await PackAsync("another/place", "-p:ContinuousIntegrationBuild=true");
    }

    [OneTimeTearDown]
    public void DeleteDirectory() => _directory?.Delete(recursive: true);

    [Test]
    public void TwoPlacesGiveTheSamePackage() => Assert.That(_second, Is.EquivalentTo(_first));

    /// <summary>Packs a copy of the library and returns the hash of every entry of the package.</summary>
    private async Task<Dictionary<string, string>> PackAsync(string place, params string[] arguments)
    {
        string copy = Path.Join(_directory.FullName, place);
        Copy(Repository.Root, copy, s_parts);
        await GitAsync(copy, "init", "--quiet");
        await GitAsync(copy, "remote", "add", "origin", "https://github.com/someone/ipmpsc.git");
        await GitAsync(copy, "add", "--all");
        await GitAsync(copy, "-c", "user.name=Someone", "-c", "user.email=someone@example.org", "commit", "--quiet", "--message", "Copy");
        await PackageFeed.RunAsync(copy, ["pack", "IpMpsc.Runtime", .. arguments]);

        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(Path.Join(copy, "artifacts/packages"), "*.nupkg").Single());
        EmbeddedSymbols symbols = EmbeddedSymbols.Of(package.GetEntry("lib/net10.0/IpMpsc.Runtime.dll")!);
        Assert.That(symbols.Sources, Has.All.StartWith("/_/IpMpsc.Runtime/"));
        Assert.That(symbols.SourceLink, Does.StartWith("""{"documents":{"/_/*":"https://raw.githubusercontent.com/someone/ipmpsc/"""));
        Dictionary<string, string> hashes = [];
        foreach (ZipArchiveEntry entry in package.Entries)
        {
            using MemoryStream content = new();
            entry.Open().CopyTo(content);
            Assert.That(Encoding.Latin1.GetString(content.ToArray()), Does.Not.Contain(_directory.FullName), entry.FullName);
            hashes.Add(entry.FullName, Convert.ToHexString(SHA256.HashData(content.ToArray())));
        }

        return hashes;
    }

    private static void Copy(string from, string to, IEnumerable<string> parts)
    {
        Directory.CreateDirectory(to);
        foreach (string part in parts.Where(part => part is not ("bin" or "obj")))
        {
            string source = Path.Join(from, part), target = Path.Join(to, part);
            if (Directory.Exists(source))
            {
                Copy(source, target, Directory.EnumerateFileSystemEntries(source).Select(path => Path.GetFileName(path)));
            }
            else
            {
                File.Copy(source, target);
            }
        }
    }

    // Both commits have the same date, and therefore the same hash.
    private static async Task GitAsync(string directory, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            Environment = { ["GIT_AUTHOR_DATE"] = "2026-01-01T00:00:00Z", ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z" },
        })!;
        await git.WaitForExitAsync();
        Assert.That(git.ExitCode, Is.Zero, string.Join(' ', arguments));
    }
}
