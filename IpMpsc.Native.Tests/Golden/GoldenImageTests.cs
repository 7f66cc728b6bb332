using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Golden;

/// <summary>Every implementation reads the segments of every other in the same way.</summary>
public sealed class GoldenImageTests : ChannelFixture
{
    private static readonly string[] s_names = GoldenImages.Names;

    [Test]
    public void DotnetReads([ValueSource(nameof(s_names))] string name) =>
        Assert.That(ImageText.Of(GoldenImages.CopyTo(Directory.Path, name)), Is.EqualTo(GoldenImages.TextOf(name)));

    [Test]
    [Category("Native")]
    public void CReads([ValueSource(nameof(s_names))] string name) => Assert.That(
        InstalledProgram.Run(NativeBuild.Peer, "parse", GoldenImages.CopyTo(Directory.Path, name)),
        Is.EqualTo(GoldenImages.TextOf(name)));

    [Test]
    [Category("Native")]
    public void PythonReads([ValueSource(nameof(s_names))] string name)
    {
        string python = InstalledProgram.Require("Python 3.11", "python3");
        string text = InstalledProgram.Run(
            python,
            new Dictionary<string, string> { ["PYTHONPATH"] = Path.Join(Repository.Root, "python"), ["IPMPSC_LIBRARY"] = NativeBuild.Library },
            Path.Join(Repository.Root, "python/tests/image_text.py"),
            GoldenImages.CopyTo(Directory.Path, name));
        Assert.That(text, Is.EqualTo(GoldenImages.TextOf(name)));
    }

    [Test]
    public void EveryLanguageHasMadeSome() => Assert.That(
        s_names.Select(name => name.Split('-')[0]).Distinct(), Is.EquivalentTo(["c", "dotnet"]));
}
