using IpMpsc.Tests.Architecture;

namespace IpMpsc.Extensions.Hosting.Tests.Architecture;

/// <summary>The folders of the package for hosts, and which of them may use which.</summary>
public sealed class HostingFolderTests() : ProjectFolderTests(typeof(HostedChannelOptions).Assembly, "IpMpsc.Extensions.Hosting")
{
    protected override bool RootIsPublicApi => true;

    protected override Dictionary<string, string[]> MayUse { get; } = new()
    {
        ["Configuration"] = [Root],
        ["Health"] = [Root],
        ["Registering"] = ["Health", "Configuration", Root],
        ["Handling"] = ["Configuration", Root],
        ["Receiving"] = ["Handling", Root],
        ["Logging"] = ["Configuration", Root],
        ["Collecting"] = ["Logging", "Configuration", Root],
        [Root] = ["Collecting", "Logging", "Receiving", "Handling", "Registering", "Configuration"],
    };
}
