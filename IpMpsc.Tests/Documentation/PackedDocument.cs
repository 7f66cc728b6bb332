using System.IO.Compression;
using System.Text.RegularExpressions;

namespace IpMpsc.Tests.Documentation;

/// <summary>A document of the repository that is the readme of a package, where relative links lead nowhere.</summary>
internal static partial class PackedDocument
{
    private const string Address = "https://github.com/ipmpsc/ipmpsc";

    /// <summary>Requires that a package has it, with links into the repository and otherwise as it is there.</summary>
    public static void Verify(ZipArchive package, string document)
    {
        string name = Path.GetFileName(document);
        string text = TextOf(package, name);
        Assert.That(RelativeLink().Matches(text), Is.Empty);

        string folder = document[..^name.Length];
        string withoutAddress = text.Replace($"]({Address}/blob/main/{folder}", "](", StringComparison.Ordinal);
        Assert.That(withoutAddress.TrimEnd(), Is.EqualTo(Repository.Read(document).TrimEnd()));

        string description = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).FullName;
        Assert.That(
            TextOf(package, description),
            Does.Contain($"<readme>{name}</readme>").And.Contain($"<projectUrl>{Address}</projectUrl>"));
        Assert.That(
            Repository.Read("IpMpsc.Generators/Diagnostics/Rule.cs"),
            Does.Contain($"{Address}/blob/main/docs/diagnostics/"),
            "The diagnostics lead to the same repository.");
    }

    private static string TextOf(ZipArchive package, string entry)
    {
        using StreamReader reader = new(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\]\((?!https://|#).*")]
    private static partial Regex RelativeLink();
}
