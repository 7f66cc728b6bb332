using IpMpsc.MemoryPack.Tests.Models;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>If programs disagree about a type, opening the channel reports that.</summary>
public sealed class FormatTests
{
    [Test]
    public void AnotherTypeIsRefused()
    {
        using ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>();

        ChannelMismatchException error = Assert.Throws<ChannelMismatchException>(() => MemoryPackSender.Open<IShape>(receiver.Path).Dispose())!;

        Assert.That(error.Message, Does.Contain("MemoryPack of IpMpsc.MemoryPack.Tests.Models.Person").And.Contain("Models.IShape"));
    }

    [Test]
    public void OtherMembersAreRefused()
    {
        using ObjectReceiver<Person> receiver = MemoryPackReceiver.CreateTemporary<Person>();
        ByteFormat ours = MemoryPackFormat<Person>.Default.Format;

        ChannelMismatchException error = Assert.Throws<ChannelMismatchException>(
            () => ByteSender.Open(receiver.Path, format: new ByteFormat(ours.Name, ours.Type, ours.Fingerprint + 1)).Dispose())!;

        Assert.That(error.Message, Does.Contain("members differ"));
        ByteSender.Open(receiver.Path, format: ours).Dispose();
    }

    [Test]
    public void TheFingerprintKnowsNamesTypesAndOrder()
    {
        ulong[] fingerprints =
        [
            Fingerprint<Point>(), Fingerprint<PointReordered>(), Fingerprint<Person>(), Fingerprint<IShape>(),
            Fingerprint<Circle>(), Fingerprint<Growing>(),
        ];
        Assert.That(fingerprints, Is.Unique);
        Assert.That(fingerprints, Has.None.Zero);
        Assert.That(Fingerprint<List<int>>(), Is.Zero);
    }

    /// <summary>The format is stored in channels that programs of other versions open, so it must not change by accident.</summary>
    [Test]
    public void TheFormatIsTheSameInEveryVersionOfTheLibrary()
    {
        Assert.That(MemoryPackFormat<Point>.Default.Format.Fingerprint.ToString("x16"), Is.EqualTo("bd7735f53abe5671"));
        Assert.That(
            MemoryPackFormat<Dictionary<string, Point[]>>.Default.Format.Type,
            Is.EqualTo("System.Collections.Generic.Dictionary`2<System.String,IpMpsc.MemoryPack.Tests.Models.Point[]>"));
    }

    private static ulong Fingerprint<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.All)] T>() =>
        MemoryPackFormat<T>.Default.Format.Fingerprint;
}
