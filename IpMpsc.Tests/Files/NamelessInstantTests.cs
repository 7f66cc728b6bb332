using System.Runtime.Versioning;
using IpMpsc.Platform.Windows;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace IpMpsc.Tests.Files;

/// <summary>
/// Where Windows cannot replace a mapped file in one step, the name of a channel that is replaced has no file for an
/// instant. No call reports in this instant that there is no such channel.
/// </summary>
[Platform("Win", Reason = "Other systems replace a file in one step")]
[SupportedOSPlatform("windows")]
public sealed class NamelessInstantTests : ChannelFixture
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(200);

    [SetUp]
    public void MakeChannel() => ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 }).Dispose();

    [Test]
    public void SenderWaitsForTheSuccessor() => ExpectToWait(() =>
    {
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([1]);
    });

    [Test]
    public void SenderThatMayMakeTheChannelWaitsForTheSuccessor() => ExpectToWait(() =>
    {
        using ByteSender sender = ByteSender.OpenOrCreate(ChannelPath);
        sender.Send([1]);
    });

    [Test]
    public void InspectWaitsForTheSuccessor() =>
        ExpectToWait(() => Assert.That(IpcChannel.Inspect(ChannelPath).IsReceiverAttached));

    [Test]
    public void ExistsWaitsForTheSuccessor() =>
        ExpectToWait(() => Assert.That(IpcChannel.Exists(ChannelPath)));

    [Test]
    public void DeleteWaitsForTheSuccessor() =>
        ExpectToWait(() => Failure.Of(() => IpcChannel.Delete(ChannelPath)).Expect<ChannelInUseException>());

    [Test]
    public void PausedReplacerIsReported()
    {
        using PeerProcess replacer = StopInTheInstant();

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelNotFoundException>(ChannelPath, "is paused", "OpenOrCreate");
    }

    [Test]
    public void PausedReplacerLosesTheNameToACreator()
    {
        using PeerProcess replacer = StopInTheInstant();
        using (ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath))
        {
            replacer.Continue();
            replacer.ExpectExit(ExitCode.Channel);
            ExpectUsable(receiver);
        }

        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Test]
    public void KilledReplacerLeavesTheNameFree()
    {
        using (PeerProcess replacer = StopInTheInstant())
        {
            replacer.Kill();
        }

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelNotFoundException>("Start its receiver first");
        using (ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath))
        {
            ExpectUsable(receiver);
        }

        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Test]
    public void FileThatIsBeingDeletedIsNotAChannel()
    {
        using (SafeFileHandle deleter = BeginToDelete())
        {
            Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelNotFoundException>("Start its receiver first");
            Failure.Of(() => IpcChannel.Inspect(ChannelPath)).Expect<ChannelNotFoundException>();
            Assert.That(IpcChannel.Delete(ChannelPath), Is.False);
        }

        Assert.That(Directory.Names, Is.Empty);
    }

    [Test]
    public void CreatorWaitsForAFileThatIsBeingDeleted([Values("create", "open-or-create", "replace")] string call)
    {
        SafeFileHandle deleter = BeginToDelete();
        using PeerProcess creator = PeerProcess.Start("file", call, ChannelPath);
        Thread.Sleep(s_moment);

        deleter.Dispose();

        creator.Expect("done");
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
        creator.Say("leave");
        creator.ExpectExit(ExitCode.Success);
    }

    /// <summary>A file that is being deleted fails differently from one to which access is denied.</summary>
    [Test]
    public void PendingDeletionIsDistinguishedFromDeniedAccess()
    {
        const int STATUS_OBJECT_NAME_NOT_FOUND = unchecked((int)0xC000_0034);

        using SafeFileHandle none = WindowsFile.Open(Directory["none"], Kernel32.DELETE);

        Assert.That(none.IsInvalid);
        Assert.That(Kernel32.GetLastStatus(), Is.EqualTo(STATUS_OBJECT_NAME_NOT_FOUND));
    }

    /// <summary>The channel's file loses its name when this handle is closed, and cannot be opened until then.</summary>
    private SafeFileHandle BeginToDelete()
    {
        SafeFileHandle deleter = WindowsFile.Open(ChannelPath, Kernel32.DELETE);
        WindowsFile.DeleteWithLastHandle(deleter);
        if (!WindowsFile.IsBeingDeleted(ChannelPath))
        {
            deleter.Dispose();
            Assert.Ignore("Wine opens a file that is being deleted.");
        }

        return deleter;
    }

    /// <summary>Begins a call in the instant; requires that it succeeds when the replacer has finished.</summary>
    private void ExpectToWait(Action call)
    {
        using PeerProcess replacer = StopInTheInstant();
        Task calling = Background.Run(call);
        Task.WaitAny([calling], s_moment);
        Assert.That(calling.IsCompleted, Is.False, () => $"{calling.Exception}");

        replacer.Continue();
        replacer.Expect("done");
        calling.Finish("The call");
        replacer.Say("leave");
        replacer.ExpectExit(ExitCode.Success);
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    /// <summary>A replacer that has moved the old file aside and has not given its name to the new one.</summary>
    private PeerProcess StopInTheInstant()
    {
        if (ReplacesInOneStep())
        {
            Assert.Ignore("This file system replaces a file in one step.");
        }

        PeerProcess replacer = PeerProcess.Start(CrashOrder.Stop(FileDeathTests.NamelessStep), "file", "replace", ChannelPath);
        replacer.AwaitStopped();
        Assert.That(File.Exists(ChannelPath), Is.False);
        return replacer;
    }

    private bool ReplacesInOneStep()
    {
        ByteReceiver.Create(Directory["new"]).Dispose();
        ByteReceiver.Create(Directory["old"]).Dispose();
        bool replaced;
        using (ByteSender.Open(Directory["old"]))
        {
            replaced = WindowsFile.TryReplace(Directory["new"], Directory["old"]);
        }

        File.Delete(Directory["new"]);
        File.Delete(Directory["old"]);
        return replaced;
    }
}
