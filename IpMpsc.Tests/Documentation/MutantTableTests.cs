using System.Text.RegularExpressions;

namespace IpMpsc.Tests.Documentation;

/// <summary>The mutants of spec/mutants/list.txt can be made, and the table in docs/model.md says what found each of them.</summary>
public sealed partial class MutantTableTests
{
    private sealed record Mutant(string Name, string File, string[] Programs, string Before, string? Tests, string? Equivalent)
    {
        public override string ToString() => Name;
    }

    private static readonly Mutant[] s_mutants = [.. Block().Split(Repository.Read("spec/mutants/list.txt"))[1..].Select(Parse)];

    private static readonly string[] s_rows = [.. Row().Matches(Table().Match(Repository.Read("docs/model.md")).Value).Select(static row => row.Value)];

    private static IEnumerable<TestCaseData> Mutants => s_mutants.Select(static mutant => new TestCaseData(mutant.Name).SetArgDisplayNames(mutant.Name));

    /// <summary>spec/mutants/check --missing adds the rows that are missing.</summary>
    [Test]
    public void EachRowIsThatOfAMutantInTheOrderOfTheList()
    {
        string[] rows = [.. s_rows.Select(static row => row.Split(" | ")[0][2..])];
        Assert.That(rows, Is.EqualTo(s_mutants.Select(static mutant => mutant.Name).Where(rows.Contains)));
    }

    [TestCaseSource(nameof(Mutants))]
    public void TheRowSaysWhatFoundIt(string name)
    {
        Mutant mutant = s_mutants.Single(mutant => mutant.Name == name);
        if (s_rows.SingleOrDefault(row => row.StartsWith($"| {name} | ", StringComparison.Ordinal)) is not { } row)
        {
            Assert.Ignore("It has no row yet.");
            return;
        }

        string found = row.Split(" | ", 2)[1];
        Assert.That(found, mutant.Equivalent is null ? Does.Match(@"^`\w+`: ") : Is.EqualTo($"equivalent: {mutant.Equivalent} |"));
    }

    /// <summary>Otherwise it would be another mutant, or none.</summary>
    [TestCaseSource(nameof(Mutants))]
    public void ItsTextOccursOnce(string name)
    {
        Mutant mutant = s_mutants.Single(mutant => mutant.Name == name);
        string source = Repository.Read($"IpMpsc.Runtime/{mutant.File}");
        Assert.That(source.Split(mutant.Before), Has.Length.EqualTo(2), $"times in {mutant.File}, plus one");
    }

    [TestCaseSource(nameof(Mutants))]
    public void ItsProgramsAndTestsExist(string name)
    {
        Mutant mutant = s_mutants.Single(mutant => mutant.Name == name);
        string programs = string.Concat(Repository.SourcesOf("IpMpsc.Explorer.Tests/Programs").Select(File.ReadAllText));
        Assert.That(mutant.Programs.Where(program => !Regex.IsMatch(programs, $@"^internal sealed class {program} |^internal class {program} ", RegexOptions.Multiline)), Is.Empty);
        foreach (Match test in Filter().Matches(mutant.Tests ?? ""))
        {
            string[] parts = test.Groups[1].Value.Split('.');
            Type[] types = [.. typeof(MutantTableTests).Assembly.GetTypes().Where(type => type.Name == parts[0] || type.GetMethod(parts[0]) is not null)];
            Assert.That(types, Has.Length.EqualTo(1), test.Value);
            Assert.That(parts.Length == 1 || types[0].GetMethod(parts[1]) is not null, test.Value);
        }
    }

    private static Mutant Parse(string block)
    {
        string[] lines = block.TrimEnd('\n').Split('\n');
        string[] head = [.. lines[0].Split('|').Select(static part => part.Trim())];
        string[] text = [.. lines[1..].TakeWhile(static line => line != "==>")];
        return new Mutant(
            head[0],
            head[1],
            head[2].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            string.Join('\n', text).Trim('\n'),
            Array.Find(lines, static line => line.StartsWith("== suite: ", StringComparison.Ordinal)),
            Array.Find(lines, static line => line.StartsWith("== equivalent: ", StringComparison.Ordinal))?["== equivalent: ".Length..]);
    }

    [GeneratedRegex("^=== ", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("<!-- mutants: .*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| (?!mutant \|).*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"FullyQualifiedName~([\w.]+)")]
    private static partial Regex Filter();
}
