using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>
/// A process is paused while it removes the name of a channel and holds all of its locks. A process that opens the
/// channel then does not fail because all sender slots seem to be taken, and does not wait for ever.
/// </summary>
public sealed class PausedNamingTests : ChannelFixture
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(200);

    [SetUp]
    public void MakeChannel() => ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 }).Dispose();

    [Test]
    public void SenderThatMeetsAReplacerOpensTheSuccessor([Values("create.initialise", "retire.mark", "replace.rename")] string step)
    {
        using PeerProcess replacer = PeerProcess.Start(CrashOrder.Stop(step), "file", "replace", ChannelPath);

        using ByteSender sender = OpenBeside(replacer, () => ByteSender.Open(ChannelPath));

        sender.Send([1]);
        Assert.That(IpcChannel.Inspect(ChannelPath).BytesUsed, Is.Positive, "The message is in the channel that has the name now.");
        replacer.Say("leave");
        replacer.ExpectExit(ExitCode.Success);
    }

    /// <summary>A mismatch with a channel that is being replaced is not a reason to fail, because its successor may match.</summary>
    [Test]
    public void SenderThatExpectsTheSuccessorDoesNotJudgeTheOldChannel([Values("create.initialise", "retire.mark", "replace.rename")] string step)
    {
        ByteReceiver.Replace(ChannelPath, new IpcChannelOptions { Capacity = 8192 }).Dispose();
        using PeerProcess replacer = PeerProcess.Start(CrashOrder.Stop(step), "file", "replace", ChannelPath);

        using ByteSender sender = OpenBeside(replacer, () => ByteSender.Open(ChannelPath, new IpcChannelOptions { Capacity = 4096 }));

        sender.Send([1]);
        replacer.Say("leave");
        replacer.ExpectExit(ExitCode.Success);
    }

    /// <summary>The mark was set, and the process that set it was killed before it could remove the name.</summary>
    [Test]
    public void RetiredChannelDoesNotDelayAnOpenerThatExpectsAnother()
    {
        using (PeerProcess deleter = PeerProcess.Start(CrashOrder.Kill("delete.unlink"), "file", "delete", ChannelPath))
        {
            deleter.ExpectKilled();
        }

        using (ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath, new IpcChannelOptions { Capacity = 8192 }))
        {
            ExpectUsable(receiver);
        }

        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Test]
    public void ReceiverThatMeetsADeleterMakesTheSuccessor([Values("retire.mark", "delete.unlink")] string step)
    {
        using PeerProcess deleter = PeerProcess.Start(CrashOrder.Stop(step), "file", "delete", ChannelPath);

        using ByteReceiver receiver = OpenBeside(deleter, () => ByteReceiver.OpenOrCreate(ChannelPath));

        ExpectUsable(receiver);
        deleter.Say("leave");
        deleter.ExpectExit(ExitCode.Success);
    }

    /// <summary>The creator holds the naming lock, so a process that deletes leaves the name to it.</summary>
    [Test]
    public void CreatorWhoseChannelIsDeletedMeanwhileLeavesNoName()
    {
        IpcChannel.Delete(ChannelPath);
        using PeerProcess creator = PeerProcess.Start(CrashOrder.Stop("create.end-naming"), "file", "create", ChannelPath);
        creator.AwaitStopped();

        Assert.That(IpcChannel.Delete(ChannelPath, evenIfInUse: true));
        creator.Continue();
        creator.Expect("done");

        Assert.That(Directory.ChannelNames, Is.Empty);
        creator.Say("leave");
        creator.ExpectExit(ExitCode.Success);
    }

    /// <summary>The channel is marked as retired but still has its name, which no other process may remove.</summary>
    [Test]
    public void NobodyWaitsForEverForAPausedDeleter([Values(true, false)] bool asReceiver)
    {
        IpcChannel.Delete(ChannelPath);
        using PeerProcess owner = PeerProcess.Start(CrashOrder.Stop("delete.unlink"), "file", "create-to-delete", ChannelPath);
        owner.Expect("done");
        owner.Say("leave");
        owner.AwaitStopped();

        Task<Failure> told = Background.Run(() => Failure.Of(() =>
        {
            using IDisposable participant = asReceiver ? ByteReceiver.OpenOrCreate(ChannelPath) : ByteSender.Open(ChannelPath);
        }));

        told.Finish("Opening").Expect<ChannelInUseException>(ChannelPath, "is paused");
        owner.Continue();
        owner.ExpectExit(ExitCode.Success);
        using ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath);
        ExpectUsable(receiver);
    }

    /// <summary>Begins to open while the other process is paused; returns after that process has finished.</summary>
    private static T OpenBeside<T>(PeerProcess paused, Func<T> open)
    {
        paused.AwaitStopped();
        Task<T> opening = Background.Run(open);
        opening.Wait(s_moment);
        paused.Continue();
        paused.Expect("done");
        return opening.Finish("Opening");
    }
}
