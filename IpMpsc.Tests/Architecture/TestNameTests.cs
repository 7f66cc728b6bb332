using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>The name of a test class in a test report leads to exactly one file.</summary>
public sealed class TestNameTests
{
    [Test]
    public void EachTestClassHasANameOfItsOwn() => Assert.That(
        from path in Directory.GetFiles(Repository.Root, "*Tests.cs", SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Intersect(["obj", "bin"]).Any()
        group path by Path.GetFileName(path) into name
        where name.Count() > 1
        select string.Join(" and ", name.Select(path => Path.GetRelativePath(Repository.Root, path))),
        Is.Empty);
}
