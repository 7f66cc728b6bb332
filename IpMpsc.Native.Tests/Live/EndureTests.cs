using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Hostile;
using IpMpsc.Tests.Support;

namespace IpMpsc.Native.Tests.Live;

/// <summary>The C library in a channel that another program corrupts while it is in use.</summary>
[Category("Native")]
public sealed class EndureTests : ChannelFixture
{
    [Test]
    public void NoMutationDoesMoreThanRaiseATypedError()
    {
        int seed = Environment.GetEnvironmentVariable("IPMPSC_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        TestContext.Out.WriteLine($"IPMPSC_SEED={seed}");
        using ByteSender keeper = ByteSender.OpenOrCreate(ChannelPath, new IpcChannelOptions { Capacity = 1024, MaxSenders = 8 });
        using SegmentWords words = new(ChannelPath);
        using NativeProcess peer = NativeProcess.StartChecked("endure", ChannelPath, Directory["other-name"]);
        peer.Expect("open");
        Mutator mutator = new(words, new Random(seed));
        for (int mutation = 0; mutation < 300_000 && !peer.HasExited; mutation++)
        {
            mutator.Mutate();
            Thread.SpinWait(50); // Lets the peer run between mutations, on any number of processors.
        }

        peer.Terminate();
        peer.ExpectSuccess();
        Assert.That(peer.Transcript(), Does.Contain("IPMPSC_CORRUPT").And.Contain("IPMPSC_OK").And.Contain("IPMPSC_MISMATCH"));
    }
}
