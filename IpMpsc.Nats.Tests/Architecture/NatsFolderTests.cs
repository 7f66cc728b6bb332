using IpMpsc.Tests.Architecture;

namespace IpMpsc.Nats.Tests.Architecture;

/// <summary>The folders of the bridges, and which of them may use which.</summary>
public sealed class NatsFolderTests() : ProjectFolderTests(typeof(JetStreamBridge).Assembly, "IpMpsc.Nats")
{
    protected override bool RootIsPublicApi => true;

    protected override Dictionary<string, string[]> MayUse { get; } = new()
    {
        ["Batches"] = [],
        ["Progress"] = [Root],
        ["Brokers"] = ["Progress", Root],
        ["Sourcing"] = ["Brokers", "Progress", "Batches", Root],
        ["Sinking"] = ["Brokers", "Progress", "Batches"],
        ["Configuration"] = [Root],
        ["Hosting"] = ["Configuration", Root],
        [Root] = ["Hosting", "Sinking", "Sourcing", "Brokers", "Progress"],
    };
}
