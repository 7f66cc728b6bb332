using System.Reflection;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>The folders of the benchmarks, and which of them may use which.</summary>
public sealed class BenchmarkFolderTests() : ProjectFolderTests(Assembly.LoadFrom(Repository.AssemblyOf("IpMpsc.Benchmarks")), "IpMpsc.Benchmarks")
{
    protected override Dictionary<string, string[]> MayUse { get; } = new()
    {
        ["Values"] = [],
        ["Messages"] = [],
        ["Roles"] = ["Messages", "Values"],
        ["Contenders"] = ["Roles", "Messages"],
        ["Contenders/Library"] = ["Roles", "Messages"],
        ["Contenders/Sockets"] = ["Contenders/Library", "Roles", "Messages"],
        ["Contenders/Objects"] = ["Contenders/Library", "Roles", "Messages"],
        ["Limits"] = ["Contenders/Library", "Contenders", "Roles", "Messages"],
        ["Peers"] = ["Roles", "Messages"],
        ["External"] = ["Peers", "Roles", "Messages", "Values"],
        ["Limits/Native"] = ["External"],
        ["Workloads"] = ["External", "Limits", "Contenders/Objects", "Contenders/Sockets", "Contenders/Library", "Contenders", "Roles", "Messages", "Values"],
        ["Workloads/Crowds"] = ["Workloads", "Contenders/Sockets", "Contenders/Library", "Contenders", "Roles", "Messages", "Values"],
        ["Workloads/Pacing"] = ["Workloads", "Limits", "Contenders/Sockets", "Contenders/Library", "Roles", "Messages", "Values"],
        ["Workloads/Scaling"] = ["Workloads", "Contenders/Library", "Roles", "Messages", "Values"],
        ["Measuring"] =
            ["Workloads/Scaling", "Workloads/Pacing", "Workloads/Crowds", "Workloads", "Limits/Native", "External", "Peers", "Roles", "Messages", "Values"],
        ["Reports"] = ["Measuring", "Workloads/Scaling", "Workloads/Pacing", "Workloads/Crowds", "Workloads", "Limits/Native", "Roles", "Values"],
        ["Charts"] = ["Measuring", "Workloads", "Values"],
        ["Startup"] = ["Reports", "Messages", "Values"],
        ["Bridging"] = ["Messages"],
        ["Compiling"] = [],
        ["Micro"] = ["Messages"],
        ["Commands"] =
        [
            "Micro", "Compiling", "Bridging", "Startup", "Charts", "Reports", "Measuring", "Workloads/Scaling", "Workloads/Pacing", "Workloads/Crowds", "Workloads",
            "Peers", "Messages",
        ],
        [Root] = ["Commands"],
    };
}
