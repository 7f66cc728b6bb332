using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Chaos;

/// <summary>A short chaos run; .ci/run lets it run for a minute.</summary>
public sealed class ChaosTests
{
    [Test]
    public void NothingIsLostAndNobodyHangs()
    {
        using PeerProcess chaos = PeerProcess.Start("chaos", "5", "7");
        chaos.ExpectExit(ExitCode.Success);
        TestContext.Out.Write(chaos.Transcript());
    }
}
