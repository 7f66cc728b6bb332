using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Native.Tests.Documents;

/// <summary>The blocks of code in docs/other-languages.md.</summary>
internal static partial class DocumentBlocks
{
    private static readonly Lazy<(string Language, string Text)[]> s_blocks = new(() =>
    [
        .. Block().Matches(Repository.Read("docs/other-languages.md")).Select(match => (match.Groups[1].Value, match.Groups[2].Value)),
    ]);

    /// <summary>The blocks of one language, in the order of the document.</summary>
    public static string[] Of(string language) =>
        [.. s_blocks.Value.Where(block => block.Language == language).Select(block => block.Text)];

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
