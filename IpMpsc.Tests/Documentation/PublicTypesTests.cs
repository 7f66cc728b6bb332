namespace IpMpsc.Tests.Documentation;

/// <summary>The table of types in the documents lists what a program can name.</summary>
public sealed class PublicTypesTests
{
    private static readonly HashSet<string> s_namespaces = ["IpMpsc", "IpMpsc.Objects", "IpMpsc.Schemas"];

    private static IEnumerable<string> PublicTypes =>
        from type in typeof(IpcChannel).Assembly.GetExportedTypes()
        where !type.IsNested && s_namespaces.Contains(type.Namespace!)
        select type.Name.Split('`')[0];

    [TestCaseSource(nameof(PublicTypes))]
    public void TypeIsInTheTable(string type)
    {
        string[] parts = Repository.Read("docs/concepts.md").Split("\n## Types\n");
        Assert.That(parts, Has.Length.EqualTo(2));
        Assert.That(parts[1], Does.Match($"`{type}[`<]"));
    }
}
