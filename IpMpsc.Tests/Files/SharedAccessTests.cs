using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace IpMpsc.Tests.Files;

/// <summary>Channels between users: the creator says what a group may do, and an opener says whose channels it trusts.</summary>
[Platform("Linux", Reason = "Becomes another user")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[CancelAfter(60_000)]
public sealed class SharedAccessTests : ChannelFixture
{
    private const uint Owner = 23_456;
    private const uint Member = 12_345;
    private const uint Group = 34_567;
    private const uint OtherGroup = 34_568;

    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly IpcChannelOptions s_trusting = new() { TrustedOwners = [ChannelOwner.Self, ChannelOwner.Root] };

    [TestCase(false, PrivateFile | UnixFileMode.GroupRead)]
    [TestCase(true, PrivateFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    public void ModeAndGroupAreExact(bool mayWrite, UnixFileMode mode)
    {
        using ByteReceiver receiver = Create(mayWrite);

        Assert.That(File.GetUnixFileMode(ChannelPath), Is.EqualTo(mode));
        Assert.That(Posix.GroupOf(ChannelPath), Is.EqualTo(Group));
        ExpectUsable(receiver);
    }

    [Test]
    public void MemberOfTheGroupTakesPart()
    {
        using ByteReceiver receiver = Create(mayWrite: true);
        As(Member, Group, () =>
        {
            using ByteSender sender = ByteSender.Open(ChannelPath, s_trusting);
            Assert.That(sender.IsReceiverAttached, "Locks are seen across users.");
            sender.Send([1]);
        });

        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
    }

    /// <summary>A process of one user wakes a sleeping process of another.</summary>
    [Test]
    public void MemberWakesTheReceiver(CancellationToken watchdog)
    {
        using ByteReceiver receiver = Create(mayWrite: true);
        Task<byte[]> receiving = Background.Run(() => receiver.Receive(watchdog));
        using (SegmentWords words = new(ChannelPath))
        {
            words.AwaitSleepingReceiver();
        }

        As(Member, Group, () =>
        {
            using ByteSender sender = ByteSender.Open(ChannelPath, s_trusting);
            sender.Send([1]);
        });

        Assert.That(receiving.Finish("Receiving"), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void MemberDeletesWhereTheDirectoryLetsIt()
    {
        Create(mayWrite: true).Dispose();
        OpenDirectory(sticky: false);
        As(Member, Group, () =>
        {
            Failure.Of(() => IpcChannel.Delete(ChannelPath)).Expect<ChannelFileException>("belongs to user 0");
            Assert.That(IpcChannel.Delete(ChannelPath, trustedOwners: [ChannelOwner.Root]));
            Assert.That(IpcChannel.Delete(ChannelPath, trustedOwners: [ChannelOwner.Root]), Is.False);
        });
        Assert.That(Directory.Names, Is.Empty);
    }

    /// <summary>What cannot be deleted must not be marked: its senders would fail although its name stays.</summary>
    [TestCase(true, "sticky bit")]
    [TestCase(false, "does not let user 12345 remove files")]
    public void MemberThatMayNotDeleteDoesNothing(bool sticky, string reason)
    {
        using ByteReceiver receiver = Create(mayWrite: true);
        if (sticky)
        {
            OpenDirectory(sticky: true);
        }

        As(Member, Group, () => Failure.Of(() => IpcChannel.Delete(ChannelPath, evenIfInUse: true, [ChannelOwner.Root]))
            .Expect<ChannelFileException>(reason, "Nothing was done"));

        Assert.That(IpcChannel.Inspect(ChannelPath).IsRetired, Is.False);
        ExpectUsable(receiver);
    }

    [TestCase("OwnerOnly"), TestCase("Group:market"), TestCase("Observers:1000")]
    public void SharingIsReadFromItsText(string text)
    {
        Assert.That(ChannelSharing.Parse(text).ToString(), Is.EqualTo(text));
        Assert.That(ChannelSharing.Parse(text.ToUpperInvariant().Replace("MARKET", "market")).ToString(), Is.EqualTo(text));
    }

    [TestCase("Self"), TestCase("Root"), TestCase("User:feed"), TestCase("MemberOf:market")]
    public void OwnersAreReadFromTheirText(string text) => Assert.That(ChannelOwner.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase(""), TestCase("everybody"), TestCase("Group:"), TestCase("User:feed")]
    public void OtherTextIsNotASharing(string text)
    {
        Assert.That(ChannelSharing.TryParse(text, null, out _), Is.False);
        Assert.Throws<FormatException>(() => ChannelSharing.Parse(text));
    }

    [TestCase(""), TestCase("feed"), TestCase("User: "), TestCase("Group:market")]
    public void OtherTextNamesNoOwner(string text)
    {
        Assert.That(ChannelOwner.TryParse(text, null, out _), Is.False);
        Assert.Throws<FormatException>(() => ChannelOwner.Parse(text));
    }

    [Test]
    public void ObserverOfTheGroupOnlyObserves()
    {
        using ByteReceiver receiver = Create(mayWrite: false);
        As(Member, Group, () =>
        {
            Assert.That(IpcChannel.Inspect(ChannelPath, [ChannelOwner.Root]).IsReceiverAttached);
            Failure.Of(() => ByteSender.Open(ChannelPath, s_trusting)).Expect<ChannelFileException>("only observe", "mode 0640");
            Failure.Of(() => ByteReceiver.Replace(ChannelPath, s_trusting)).Expect<ChannelFileException>("only observe");
        });
    }

    [Test]
    public void NobodyElseGetsIn([Values] bool mayWrite)
    {
        using ByteReceiver receiver = Create(mayWrite);
        As(Member, OtherGroup, () =>
        {
            Failure.Of(() => ByteSender.Open(ChannelPath, s_trusting)).Expect<ChannelFileException>(ChannelPath);
            Failure.Of(() => ChannelObserver.Open(ChannelPath, [ChannelOwner.Root])).Expect<ChannelFileException>(ChannelPath);
        });
    }

    [Test]
    public void OwnerThatIsNotTrustedIsRefused()
    {
        using ByteReceiver receiver = Create(mayWrite: true);
        As(Member, Group, () =>
        {
            Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelFileException>("belongs to user 0", $"runs as user {Member}", "trusts itself", "TrustedOwners");
            Failure.Of(() => ByteSender.Open(ChannelPath, new IpcChannelOptions { TrustedOwners = [ChannelOwner.User($"{Owner}")] }))
                .Expect<ChannelFileException>($"trusts user {Owner}");
            Failure.Of(() => IpcChannel.Inspect(ChannelPath)).Expect<ChannelFileException>("belongs to user 0");
        });
    }

    [Test]
    public void NamedUserIsTrusted()
    {
        Create(mayWrite: true).Dispose();
        Assert.That(Posix.TryChangeOwner(ChannelPath, Owner), "Only root gets here.");

        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelFileException>($"belongs to user {Owner}");
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath, new IpcChannelOptions { TrustedOwners = [ChannelOwner.User($"{Owner}")] });
        receiver.TryReceive([], out _);
    }

    /// <summary>The account data say that root is in the group root.</summary>
    [Test]
    public void MembersOfAGroupAreTrusted()
    {
        using ByteReceiver receiver = Create(mayWrite: true);
        As(Member, Group, () =>
        {
            using (ByteSender.Open(ChannelPath, new IpcChannelOptions { TrustedOwners = [ChannelOwner.MemberOf("root")] }))
            {
            }

            Failure.Of(() => ByteSender.Open(ChannelPath, new IpcChannelOptions { TrustedOwners = [ChannelOwner.MemberOf("daemon")] }))
                .Expect<ChannelFileException>("trusts members of group daemon");
        });
    }

    [Test]
    public void GroupThatDoesNotExistIsReported() =>
        Failure.Of(() => ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Access = ChannelSharing.WithGroup("no such group") }))
            .Expect<ChannelFileException>("'no such group'", "no such group");

    /// <summary>The system does not let a user give a file to a group of others.</summary>
    [Test]
    public void GroupOfOthersIsReported()
    {
        File.SetUnixFileMode(Directory.Path, (UnixFileMode)0b111_111_111);
        As(Member, Group, () => Failure.Of(() => ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Access = ChannelSharing.WithGroup($"{OtherGroup}") }))
            .Expect<ChannelFileException>($"group '{OtherGroup}'", $"User {Member} must be a member"));
        Assert.That(Directory.Names, Is.Empty);
    }

    /// <summary>A member writes anything anywhere: the receiver reports it or continues, and does not crash or hang.</summary>
    [Test]
    public void NothingThatAMemberWritesCrashesTheReceiver([Range(1, 20)] int seed, CancellationToken watchdog)
    {
        using ByteReceiver receiver = Create(mayWrite: true);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        for (byte message = 0; message < 10; message++)
        {
            sender.Send([message]);
        }

        As(Member, Group, () =>
        {
            Random random = new(seed);
            using FileStream file = new(ChannelPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            for (int change = 0; change < 40; change++)
            {
                byte[] junk = new byte[random.Next(1, 16)];
                random.NextBytes(junk);
                file.Position = random.Next(0, 2) == 0 ? random.Next(0, 4096) : random.NextInt64(file.Length - junk.Length);
                file.Write(junk);
            }
        });

        for (int call = 0; call < 20 && !watchdog.IsCancellationRequested; call++)
        {
            try
            {
                _ = receiver.TryReceive(new byte[4096], out _, TimeSpan.FromMilliseconds(20));
                receiver.SkipCorrupt();
                _ = sender.TrySend([1]);
            }
            catch (ChannelException)
            {
                // The receiver reports what it found.
            }
        }

        Assert.That(watchdog.IsCancellationRequested, Is.False, "Nothing has hung.");
    }

    /// <summary>Nothing protects against this: the system kills every process that touches the missing pages.</summary>
    [Test]
    public void MemberThatTruncatesTheFileKillsItsUsers()
    {
        Create(mayWrite: true).Dispose();
        using PeerProcess peer = PeerProcess.Start("receiver", "Bytes", ChannelPath);
        peer.Expect("open");
        As(Member, Group, () =>
        {
            using FileStream file = new(ChannelPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(0);
        });

        peer.Say("receive");
        peer.AwaitEnd();
        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelMismatchException>("is not a channel");
    }

    [Test]
    public void LocksOfAMemberKeepPlacesTaken()
    {
        Create(mayWrite: true).Dispose();
        SegmentFile? file = null;
        As(Member, Group, () =>
        {
            file = HostPlatform.Current.Segments.Open(ChannelPath, 1, ChannelOwner.RulesOf([ChannelOwner.Root]));
            Assert.That(file.TryLock(LivenessDescriptor.Receiver, 1));
        });
        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelInUseException>(ChannelPath);

        file!.Dispose();
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        ExpectUsable(receiver);
    }

    /// <summary>
    /// A process that may only read can still take a shared lock, which excludes a participant's lock.
    /// </summary>
    [Test]
    public void LocksOfAnObserverKeepPlacesTaken()
    {
        Create(mayWrite: false).Dispose();
        SafeFileHandle? file = null;
        As(Member, Group, () =>
        {
            file = File.OpenHandle(ChannelPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Assert.That(Posix.TryLockToRead(file, LivenessDescriptor.Receiver));
        });
        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelInUseException>(ChannelPath);

        file!.Dispose();
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        ExpectUsable(receiver);
    }

    private void OpenDirectory(bool sticky) => File.SetUnixFileMode(
        Directory.Path, (UnixFileMode)0b111_111_111 | (sticky ? UnixFileMode.StickyBit : UnixFileMode.None));

    private ByteReceiver Create(bool mayWrite)
    {
        File.SetUnixFileMode(Directory.Path, File.GetUnixFileMode(Directory.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            return ByteReceiver.Create(ChannelPath, new IpcChannelOptions
            {
                Capacity = 4096,
                Access = mayWrite ? ChannelSharing.WithGroup($"{Group}") : ChannelSharing.WithObservers($"{Group}"),
            });
        }
        catch (ChannelFileException refused) when (Environment.UserName != "root")
        {
            Assert.Ignore($"Only root may give files to any group: {refused.Message}");
            throw;
        }
    }

    /// <summary>Runs calls as a user who is in one group only.</summary>
    private static void As(uint user, uint group, Action calls)
    {
        _ = Failure.Of(() => ByteSender.Open("/nowhere/channel", s_trusting)); // Loads what the calls need.
        Exception? failure = null;
        bool became = Posix.TryRunAs(user, group, () =>
        {
            try
            {
                calls();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        });
        if (!became)
        {
            Assert.Ignore("Only root may become another user.");
        }

        if (failure is not null)
        {
            throw new AssertionException(failure.ToString());
        }
    }
}
