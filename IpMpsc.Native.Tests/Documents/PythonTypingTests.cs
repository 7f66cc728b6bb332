using IpMpsc.Native.Tests.Support;
using IpMpsc.Native.Tests.Vectors;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Headers;

namespace IpMpsc.Native.Tests.Documents;

/// <summary>mypy accepts the types of the Python package, of generated modules and of the document's program. Skipped without mypy.</summary>
[Category("Native")]
public sealed class PythonTypingTests : ChannelFixture
{
    [Test]
    public void PackageIsStrictlyTyped() => Check(Path.Join(Repository.Root, "python/ipmpsc"));

    [Test]
    public void GeneratedModuleIsStrictlyTyped()
    {
        File.WriteAllText(Directory["golden.py"], PythonModule.Of(SchemaSource.Read(typeof(PayloadVectors).Assembly.Location, [])));
        Check(Directory["golden.py"]);
    }

    [Test]
    public void DocumentIsStrictlyTyped()
    {
        File.WriteAllText(Directory["document.py"], DocumentBlocks.Of("python")[0]);
        Check(Directory["document.py"]);
    }

    private void Check(string path)
    {
        string mypy = InstalledProgram.Require("mypy", "mypy");
        InstalledProgram.Run(
            mypy,
            new Dictionary<string, string> { ["MYPYPATH"] = Path.Join(Repository.Root, "python") },
            "--strict", "--python-version", "3.11", "--no-error-summary", "--cache-dir", Directory["cache"], path);
    }
}
