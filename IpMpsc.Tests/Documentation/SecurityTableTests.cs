using System.Reflection;
using System.Text.RegularExpressions;

namespace IpMpsc.Tests.Documentation;

/// <summary>Each row of the tables in SECURITY.md names a test that exists.</summary>
public sealed partial class SecurityTableTests
{
    private static readonly HashSet<string> s_tests =
    [
        .. from type in typeof(SecurityTableTests).Assembly.GetTypes()
           from name in type.GetMethods().Where(static method => method.GetCustomAttributes<NUnitAttribute>().Any()).Select(static method => method.Name).Append(type.Name)
           select name,
    ];

    private static string[] Rows =>
        [.. Repository.Read("SECURITY.md").Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| attacker", StringComparison.Ordinal))];

    [TestCaseSource(nameof(Rows))]
    public void RowNamesItsTests(string row)
    {
        string[] named = [.. Name().Matches(row.Split('|')[^2]).Select(static match => match.Groups[1].Value)];

        Assert.That(named, Is.Not.Empty);
        Assert.That(s_tests, Is.SupersetOf(named));
    }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();
}
