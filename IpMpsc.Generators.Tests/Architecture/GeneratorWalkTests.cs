using IpMpsc.Tests.Architecture;

namespace IpMpsc.Generators.Tests;

/// <summary>The walk through the generators in docs/design.md is the way that the compiled code takes.</summary>
public sealed class GeneratorWalkTests
{
    private static readonly Walk s_walk = new("A field, from its syntax", typeof(ChannelMessageGenerator).Assembly);

    [Test]
    public void EachFileLiesInItsFolder() => Assert.That(s_walk.MissingFiles, Is.Empty);

    [Test]
    public void EachFileIsUsedByAnEarlierOne() => Assert.That(s_walk.UnreachedFiles, Is.Empty);

    /// <summary>The generator calls the parser and then the emitter, so the walk passes through it twice.</summary>
    [Test]
    public void OnlyTheGeneratorItselfIsEnteredTwice() =>
        Assert.That(s_walk.Folders, Is.EqualTo(new[] { "root", "Parsing", "Models", "root", "Fields", "Text" }));
}
