using System.Diagnostics;
using IpMpsc.Examples;
using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Carrying;

/// <summary>Two machines are simulated by two runtime directories, and in one test also by two network namespaces.</summary>
internal sealed class TwoMachinesTests
{
    private const string Stream = "TICKS";

    [Test]
    public void ChannelsOfOneNameMeetOverTheBroker()
    {
        using NatsServer server = new();
        using TestDirectory here = new(), there = new();
        Carry(here, there, server.Url, [], []);
    }

    [Test]
    [Platform("Linux", Reason = "Makes network namespaces")]
    public void MachinesAreNetworkNamespaces()
    {
        NatsServer.Require();
        string name = $"ipmpsc{Environment.ProcessId}";
        if (InstalledProgram.Find("ip") is not { } ip || !Run(ip, "netns", "add", name))
        {
            Assert.Ignore("Only root may make a network namespace, with iproute2.");
            return;
        }

        try
        {
            // The broker and one machine are at this end of a virtual cable, and the other machine is at the other end.
            string near = $"im{Environment.ProcessId % 100_000}a", far = $"im{Environment.ProcessId % 100_000}b";
            Assert.That(Run(ip, "link", "add", near, "type", "veth", "peer", "name", far, "netns", name), Is.True);
            Assert.That(Run(ip, "addr", "add", "10.213.77.1/24", "dev", near) && Run(ip, "link", "set", near, "up"), Is.True);
            Assert.That(Run(ip, "-n", name, "addr", "add", "10.213.77.2/24", "dev", far) && Run(ip, "-n", name, "link", "set", far, "up"), Is.True);
            using NatsServer server = new(host: "10.213.77.1");
            using TestDirectory here = new(), there = new();
            Carry(here, there, server.Url, [], [ip, "netns", "exec", name]);
        }
        finally
        {
            Run(ip, "netns", "del", name);
        }
    }

    /// <summary>Sends on one machine and receives on the other, with the same name of the channel.</summary>
    private static void Carry(TestDirectory here, TestDirectory there, string url, string[] prefixHere, string[] prefixThere)
    {
        const long Count = 20_000;
        using BridgePeer source = new("out", "ticks", Stream, url, here.Path, prefixHere), sink = new("in", "ticks", Stream, url, there.Path, prefixThere);
        Patience.Until(() => Directory.Exists(here["ipmpsc"]), "the source has made its runtime directory");
        Task producer = Background.Run(() => Traffic.Send(here["ipmpsc/ticks"], 0, Count));
        Traffic.ReceiveAll(there["ipmpsc/ticks"], Count);
        producer.Finish("the producer");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        TestContext.Out.Write(errors);
        return process.ExitCode == 0;
    }
}
