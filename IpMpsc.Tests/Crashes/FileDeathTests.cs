using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>
/// Processes kill themselves while they create, open, replace or delete a channel: no later process is blocked.
/// </summary>
public sealed class FileDeathTests : ChannelFixture
{
    /// <summary>Steps before the new file has the channel's name.</summary>
    public static readonly string[] MakingSteps =
        [.. OnUnix("create.mode"), "create.lock", "create.allocate", "create.map", "create.initialise", "create.join"];

    public static readonly string[] PublishingSteps = ["create.publish", .. OnUnix("create.unlink-temporary"), "create.end-naming"];

    public static readonly string[] ReplacingSteps = ["retire.lock-all", "retire.mark", "replace.rename", "create.end-naming"];

    public static readonly string[] DeletingSteps = ["retire.lock-all", "retire.mark", "delete.unlink"];

    public static readonly string[] RetiringSteps = ["retire.mark", "delete.unlink"];

    /// <summary>Only where Windows cannot replace a file in one step: NamelessInstantTests kills there.</summary>
    public const string NamelessStep = "replace.name";

    private static IEnumerable<string> UnnamedSteps => [.. MakingSteps, "create.publish", "create.end-naming"];

    private static IEnumerable<string> CreatingSteps => [.. MakingSteps, .. PublishingSteps];

    private static IEnumerable<string> AllReplacingSteps => [.. MakingSteps, .. ReplacingSteps];

    /// <summary>On Windows a file is private from its beginning, and has one name at a time.</summary>
    private static string[] OnUnix(string step) => OperatingSystem.IsWindows() ? [] : [step];

    [Test]
    public void WhileCreating(
        [ValueSource(nameof(CreatingSteps))] string step, [Values("create", "open-or-create-sender")] string call)
    {
        Die(step, call, ("IPMPSC_FILES", "named"));
        RequireUsable();
        RequireNoLeftovers();
    }

    /// <summary>A creator of a file without a name leaves nothing, unless it has published the channel.</summary>
    [Test]
    [Platform("Linux", Reason = "Other systems have no unnamed files")]
    public void WhileCreatingAFileWithoutAName(
        [ValueSource(nameof(UnnamedSteps))] string step, [Values("create", "open-or-create-sender")] string call)
    {
        Die(step, call);
        Assert.That(Directory.Names, step == "create.end-naming" ? Is.EqualTo(["channel"]) : Is.Empty);
        RequireUsable();
        RequireNoLeftovers();
    }

    [Test]
    public void WhileReplacing([ValueSource(nameof(AllReplacingSteps))] string step)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            sender.Send([1]);
        }

        Die(step, "replace");
        Assert.That(IpcChannel.Exists(ChannelPath), "The name always has a file while its channel is replaced.");
        if (step != "create.end-naming" && step != "replace.rename")
        {
            using ByteReceiver old = ByteReceiver.Open(ChannelPath);
            Assert.That(old.Receive(), Is.EqualTo(new byte[] { 1 }), "The old channel is usable until it is retired.");
        }

        RequireUsable();
        RequireNoLeftovers();
    }

    [Test]
    public void WhileDeleting([ValueSource(nameof(DeletingSteps))] string step)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        Die(step, "delete");
        RequireUsable();
        RequireNoLeftovers();
    }

    [Test]
    public void WhileTheReceiverDeletesItsChannel([ValueSource(nameof(RetiringSteps))] string step)
    {
        using (PeerProcess receiver = PeerProcess.Start(CrashOrder.Kill(step), "file", "create-to-delete", ChannelPath))
        {
            receiver.Expect("done");
            receiver.Say("close");
            receiver.ExpectKilled();
        }

        RequireUsable();
        RequireNoLeftovers();
    }

    private void Die(string step, string call, params (string Name, string Value)[] environment)
    {
        Dictionary<string, string> order = CrashOrder.Kill(step);
        Array.ForEach(environment, variable => order[variable.Name] = variable.Value);
        using PeerProcess peer = PeerProcess.Start(order, "file", call, ChannelPath);
        peer.ExpectKilled();
    }

    /// <summary>The next process finds a channel or creates one, and messages go through it.</summary>
    private void RequireUsable()
    {
        using ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([2]);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 2 }));
        Assert.That(IpcChannel.Inspect(ChannelPath).IsRetired, Is.False);
    }

    /// <summary>The next creator of the name leaves one file only.</summary>
    private void RequireNoLeftovers()
    {
        ByteReceiver.Replace(ChannelPath).Dispose();
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }
}
