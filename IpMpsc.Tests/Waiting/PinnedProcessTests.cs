using IpMpsc.Platform;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>A process that was pinned from outside sees one processor, while its partner runs on another one.</summary>
public sealed class PinnedProcessTests
{
    [Test]
    public void AProcessThatMayUseOneProcessorPollsIfTheMachineHasMore()
    {
        // .NET uses this number instead of counting the processors in the process's affinity.
        using PeerProcess pinned = PeerProcess.Start(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1" }, "polls");

        Assert.That(pinned.Listen(), Is.EqualTo($"{HostPlatform.Current.ProcessorCount > 1}"));
        pinned.ExpectExit(ExitCode.Success);
    }
}
