using System.Globalization;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>Makes one line of many findings that are alike.</summary>
internal static class AlikeFindings
{
    /// <summary>Up to this many are listed one by one; a line for more of them names this many.</summary>
    private const int Most = 3;

    /// <summary>The findings themselves if there are few of them; otherwise one that counts them.</summary>
    /// <param name="what">What the things have in common, after their number: "channels are deserted".</param>
    /// <param name="remedy">What to do about all of them, as a sentence.</param>
    /// <param name="findings">Each with the name of what it is about, all of the same severity.</param>
    public static IEnumerable<Finding> Fold(string what, string remedy, IReadOnlyCollection<(string Name, Finding Finding)> findings)
    {
        if (findings.Count <= Most)
        {
            return findings.Select(static item => item.Finding);
        }

        string names = string.Join(", ", findings.Take(Most).Select(static item => item.Name));
        Finding first = findings.First().Finding;
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{findings.Count:N0} {what}: {names} and {findings.Count - Most:N0} more. {remedy}");
        return [first with { Text = text, Count = findings.Count }];
    }
}
