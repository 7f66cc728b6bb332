using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Packages;

/// <summary>The metadata and the contents of the packages.</summary>
[Category("Package")]
[CancelAfter(120_000)]
public sealed partial class PackageContentTests
{
    private const string Address = "https://github.com/ipmpsc/ipmpsc";

    private PackageFeed _feed = null!;

    [OneTimeSetUp]
    public async Task TakeFeed() => _feed = await SharedFeed.GetAsync();

    [Test]
    public void OneCommandPacksEverythingWithOneVersion() => Assert.That(
        _feed.Files, Is.EquivalentTo(PackageFeed.All.Select(package => $"{package}.{PackageFeed.Version}.nupkg")));

    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.All))]
    public void PackageDescribesItself(string package)
    {
        using ZipArchive archive = _feed.Open(package);
        XElement metadata = XDocument.Parse(TextOf(archive, $"{package}.nuspec")).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Multiple(() =>
        {
            Assert.That(Value("id"), Is.EqualTo(package));
            Assert.That(Value("version"), Is.EqualTo(PackageFeed.Version));
            Assert.That(Value("description"), Has.Length.GreaterThan(40).And.Not.EqualTo("Package Description"));
            Assert.That(Value("tags").Split(' '), Does.Contain("ipc").And.Contain("shared-memory"));
            Assert.That(Value("license"), Is.EqualTo("MIT"));
            Assert.That(Value("projectUrl"), Is.EqualTo(Address));
            Assert.That(Value("releaseNotes"), Does.StartWith("## [").And.Length.LessThan(35_000)); // The longest that nuget.org takes.
            Assert.That(archive.GetEntry(Value("icon"))?.Length, Is.EqualTo(new FileInfo(Path.Join(Repository.Root, "assets/icon.png")).Length));
        });
    }

    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.All))]
    public void PackagesOfThisSolutionDependOnEachOtherInTheSameVersion(string package)
    {
        using ZipArchive archive = _feed.Open(package);
        XElement[] dependencies =
        [
            .. XDocument.Parse(TextOf(archive, $"{package}.nuspec")).Descendants()
                .Where(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value.StartsWith("IpMpsc", StringComparison.Ordinal)),
        ];

        Assert.That(dependencies.Select(dependency => dependency.Attribute("version")!.Value), Is.All.EqualTo(PackageFeed.Version));
        Assert.That(dependencies.Select(dependency => dependency.Attribute("include")?.Value), Is.All.EqualTo("All"));
    }

    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.All))]
    public void ReadmeOfAPackageNeedsNoRepository(string package)
    {
        using ZipArchive archive = _feed.Open(package);
        string readme = TextOf(archive, "README.md");

        Assert.That(RelativeLink().Matches(readme), Is.Empty);
        Assert.That(readme, Does.Not.Match(@"--project (examples|IpMpsc)").And.Not.Contain("dotnet test"));
        foreach (Match link in LinkIntoTheRepository().Matches(readme))
        {
            Assert.That(Path.Join(Repository.Root, link.Groups[1].Value), Does.Exist, link.Value);
        }
    }

    [Test]
    public void DiagnosticsLeadToTheSameRepository() =>
        Assert.That(Repository.Read("IpMpsc.Generators/Diagnostics/Rule.cs"), Does.Contain($"{Address}/blob/main/docs/diagnostics/"));

    [TestCaseSource(typeof(PackageFeed), nameof(PackageFeed.Libraries))]
    public void LibraryBringsItsDocumentationSymbolsAndSources(string package)
    {
        using ZipArchive archive = _feed.Open(package);
        ZipArchiveEntry library = archive.Entries.Single(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal));

        Assert.That(TextOf(archive, Path.ChangeExtension(library.FullName, ".xml")), Does.Contain("<member name=\"M:IpMpsc."));
        Assert.That(EmbeddedSymbols.Of(library).Sources, Is.Not.Empty);
    }

    internal static string TextOf(ZipArchive archive, string entry)
    {
        using StreamReader reader = new(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\]\((?!https://|#).*")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"\]\(" + Address + @"/blob/main/([^)#]*)")]
    private static partial Regex LinkIntoTheRepository();
}
