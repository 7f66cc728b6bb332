using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using IpMpsc.Platform;
using IpMpsc.Platform.Windows;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>Properties of files that only Windows has.</summary>
[Platform("Win", Reason = "Uses access lists, streams and case-insensitive names")]
[SupportedOSPlatform("windows")]
public sealed class WindowsFileTests : ChannelFixture
{
    [Test]
    public void NobodyButTheUserHasAccess()
    {
        using ByteReceiver byPath = ByteReceiver.Create(ChannelPath);
        using ByteReceiver named = ByteReceiver.CreateTemporary();

        SecurityIdentifier user = WindowsIdentity.GetCurrent().User!;
        SecurityIdentifier system = new(WellKnownSidType.LocalSystemSid, null); // Wine adds it to every access list.
        foreach (FileSystemSecurity security in (FileSystemSecurity[])
            [
                new FileInfo(byPath.Path).GetAccessControl(),
                new FileInfo(named.Path).GetAccessControl(),
                new DirectoryInfo(Surroundings.RuntimeDirectory).GetAccessControl(),
            ])
        {
            Assert.That(security.GetOwner(typeof(SecurityIdentifier)), Is.EqualTo(user));
            Assert.That(
                security.GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>().Select(rule => rule.IdentityReference),
                Does.Contain(user).And.All.AnyOf(user, system));
        }
    }

    [TestCase(true), TestCase(false)]
    public void GroupHasTheAccessThatTheCreatorGivesIt(bool mayWrite)
    {
        string group = Everybody.Value;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions
        {
            Access = mayWrite ? ChannelSharing.WithGroup(group) : ChannelSharing.WithObservers(group),
        });

        FileSystemRights rights = new FileInfo(ChannelPath).GetAccessControl()
            .GetAccessRules(true, true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Where(rule => rule.IdentityReference.Value == group)
            .Aggregate(default(FileSystemRights), (sum, rule) => sum | rule.FileSystemRights);
        Assert.That(rights.HasFlag(FileSystemRights.ReadData));
        Assert.That(rights.HasFlag(FileSystemRights.WriteData), Is.EqualTo(mayWrite));
        ExpectUsable(receiver);
    }

    [TestCase(true), TestCase(false)]
    public void EventsHaveTheWritersOfTheFile(bool mayWrite)
    {
        SecurityIdentifier group = Everybody;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions
        {
            Access = mayWrite ? ChannelSharing.WithGroup(group.Value) : ChannelSharing.WithObservers(group.Value),
        });
        foreach (string word in (string[])["receiver", "space"])
        {
            using EventWaitHandle found = EventWaitHandle.OpenExisting($@"Global\IpMpsc.{IpcChannel.Inspect(ChannelPath).Id:N}.{word}");
            ExpectSleepingAndWaking(found, group, mayWrite);
        }
    }

    /// <summary>Wine does not keep the access of such a group to a file, but keeps that to an event.</summary>
    [Test]
    public void EventsLetMembersOfAnyGroupSleepAndWake()
    {
        SecurityIdentifier users = new(WellKnownSidType.BuiltinUsersSid, null);
        using EventWaitHandle made = NamedEvent.Open(new WaitWordName(Guid.NewGuid(), IsShared: false, [users.Value]));

        ExpectSleepingAndWaking(made, users, expected: true);
    }

    [Test]
    public void UnknownGroupIsReported() =>
        Failure.Of(() => ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Access = ChannelSharing.WithGroup("no such group") }))
            .Expect<ChannelFileException>("'no such group'", "no such user or group");

    [Test]
    public void OwnersAreTrustedByNameAndIdentifier()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        string self = WindowsIdentity.GetCurrent().User!.Value;

        Failure.Of(() => ByteReceiver.Open(ChannelPath, new IpcChannelOptions { TrustedOwners = [ChannelOwner.User("S-1-5-21-1-2-3-4")] }))
            .Expect<ChannelFileException>($"belongs to user {self}", "trusts user S-1-5-21-1-2-3-4");
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath, new IpcChannelOptions { TrustedOwners = [ChannelOwner.User(self)] });
        receiver.TryReceive([], out _);
    }

    [Test]
    public void CaseDoesNotMakeAnotherChannel()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath.ToUpperInvariant());

        sender.Send([1]);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
        Failure.Of(() => ByteReceiver.Open(Directory["CHANNEL"])).Expect<ChannelInUseException>();
    }

    [TestCase("channel:stream")]
    [TestCase("chan*nel")]
    [TestCase("chan?nel")]
    public void NameThatNoFileCanHaveIsRefused(string name) =>
        Failure.Of(() => ByteReceiver.Create(Directory[name])).Expect<ArgumentException>("is not the name of a file");

    [Test]
    public void LongPath()
    {
        string directory = Directory[Path.Join(new string('a', 150), new string('b', 150))];
        System.IO.Directory.CreateDirectory(directory);
        using ByteReceiver receiver = ByteReceiver.Create(Path.Join(directory, "channel"));

        ExpectUsable(receiver);
    }

    [Test]
    public void DeviceIsRefused() =>
        Failure.Of(() => ByteSender.Open(@"\\.\NUL")).Expect<ArgumentException>("is not the name of a file");

    [Test]
    public void DeniedAccessIsReported()
    {
        string path = DeniedPath();
        string user = WindowsIdentity.GetCurrent().User!.ToString();

        Failure failure = Failure.Of(() => ByteReceiver.OpenOrCreate(path));

        if (File.Exists(path))
        {
            File.SetAttributes(path, FileAttributes.Normal); // Otherwise it cannot be removed.
        }

        failure.Expect<ChannelFileException>(Path.GetDirectoryName(path)!, "no permission", Environment.UserName, user, "one user");
    }

    /// <summary>A file that may not be written. Where wine lets root write it, a path at which Linux lets nobody create a file.</summary>
    private string DeniedPath()
    {
        const string FilesOfTheKernel = @"Z:\sys";
        if (System.IO.Directory.Exists(FilesOfTheKernel))
        {
            return Path.Join(FilesOfTheKernel, "channel");
        }

        ByteReceiver.Create(ChannelPath).Dispose();
        File.SetAttributes(ChannelPath, FileAttributes.ReadOnly);
        return ChannelPath;
    }

    [Test]
    public void FileIsDeletedWhileItIsMapped()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        ByteSender sender = ByteSender.Open(ChannelPath);
        Assert.That(IpcChannel.Delete(ChannelPath, evenIfInUse: true));
        Assert.That(IpcChannel.Exists(ChannelPath), Is.False);

        using (ByteReceiver next = ByteReceiver.Create(ChannelPath))
        {
            ExpectUsable(next);
        }

        sender.Dispose();
        receiver.Dispose();
        Assert.That(Directory.Names, Is.EqualTo(["channel"]), "The old file disappeared with the last process that had it mapped.");
    }

    /// <summary>The one group whose access to files wine keeps.</summary>
    private static SecurityIdentifier Everybody => new(WellKnownSidType.WorldSid, null);

    private static void ExpectSleepingAndWaking(EventWaitHandle handle, SecurityIdentifier group, bool expected)
    {
        EventWaitHandleAccessRule[] rules =
        [
            .. handle.GetAccessControl().GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<EventWaitHandleAccessRule>()
                .Where(rule => rule.IdentityReference == group),
        ];
        Assert.That(rules.Any(), Is.EqualTo(expected));
        Assert.That(rules, Has.All.Matches<EventWaitHandleAccessRule>(
            rule => rule.EventWaitHandleRights == (EventWaitHandleRights.Synchronize | EventWaitHandleRights.Modify)));
    }
}
