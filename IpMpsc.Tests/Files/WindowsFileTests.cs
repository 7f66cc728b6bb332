using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>What files are on Windows and nowhere else.</summary>
[Platform("Win", Reason = "Access lists, streams, names without case")]
[SupportedOSPlatform("windows")]
public sealed class WindowsFileTests : ChannelFixture
{
    [Test]
    public void NobodyButTheUserHasAccess()
    {
        using ByteReceiver byPath = ByteReceiver.Create(ChannelPath);
        using ByteReceiver named = ByteReceiver.CreateTemporary();

        SecurityIdentifier user = WindowsIdentity.GetCurrent().User!;
        SecurityIdentifier system = new(WellKnownSidType.LocalSystemSid, null); // Wine adds it to every list.
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

    [Test]
    public void CaseMakesNoOtherChannel()
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
    public void WhatNamesNoFile(string name) =>
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
    public void DeviceIsNoFile() =>
        Failure.Of(() => ByteSender.Open(@"\\.\NUL")).Expect<ArgumentException>("is not the name of a file");

    [Test]
    public void WhoIsDeniedAccessIsTold()
    {
        string path = DeniedPath();
        string user = WindowsIdentity.GetCurrent().User!.ToString();

        Failure failure = Failure.Of(() => ByteReceiver.OpenOrCreate(path));

        if (File.Exists(path))
        {
            File.SetAttributes(path, FileAttributes.Normal); // Else it cannot be removed.
        }

        failure.Expect<ChannelFileException>(Path.GetDirectoryName(path)!, "no permission", Environment.UserName, user, "one user");
    }

    /// <summary>A file that may not be written; where wine lets root do that, one that Linux itself lets nobody make.</summary>
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
        Assert.That(Directory.Names, Is.EqualTo(["channel"]), "The old file goes with the last who had it mapped.");
    }
}
