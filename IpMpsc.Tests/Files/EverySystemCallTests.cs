using IpMpsc.Platform;
using IpMpsc.Platform.Unix;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>
/// The kernel refuses each system call of each public member in turn, with each of several errors: only documented exceptions
/// escape, nothing stays open, and the channel can be used afterwards.
/// </summary>
[Platform("Linux", Reason = "Sets a seccomp filter")]
public sealed class EverySystemCallTests : ChannelFixture
{
    private const int EPERM = 1;
    private const int EIO = 5;
    private const int ENOMEM = 12;
    private const int EACCES = 13;
    private const int EMFILE = 24;
    private const int ENOSPC = 28;

    private static readonly int[] s_errors = [EPERM, EIO, ENOMEM, EACCES, EMFILE, ENOSPC];

    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096, Prefault = true };
    private static readonly IpcChannelOptions s_deleting = new() { Capacity = 4096, DeleteOnDispose = true };

    /// <summary>Calls on a channel that exists, or on the name of one that does not.</summary>
    private static readonly Dictionary<string, (bool Exists, Action<string> Do)> s_members = new()
    {
        ["create"] = (false, path => ByteReceiver.Create(path, s_options).Dispose()),
        ["create and delete"] = (false, path => ByteReceiver.Create(path, s_deleting).Dispose()),
        ["create temporary"] = (false, _ => ByteReceiver.CreateTemporary(s_options).Dispose()),
        ["create by sender"] = (false, path => ByteSender.OpenOrCreate(path, s_options).Dispose()),
        ["open missing"] = (false, path => ByteReceiver.Open(path).Dispose()),
        ["open receiver"] = (true, path => ByteReceiver.Open(path).Dispose()),
        ["open or create"] = (true, path => ByteReceiver.OpenOrCreate(path, s_options).Dispose()),
        ["open sender"] = (true, path => ByteSender.Open(path).Dispose()),
        ["open record sender"] = (true, path => RecordSender.Open(path).Dispose()),
        ["create existing"] = (true, path => ByteReceiver.Create(path, s_options).Dispose()),
        ["replace"] = (true, path => ByteReceiver.Replace(path, s_options).Dispose()),
        ["replace missing"] = (false, path => ByteReceiver.Replace(path, s_options).Dispose()),
        ["delete"] = (true, path => IpcChannel.Delete(path)),
        ["exists"] = (true, path => IpcChannel.Exists(path)),
        ["inspect"] = (true, path => IpcChannel.Inspect(path)),
        ["list"] = (true, _ => IpcChannel.List()),
        ["observe"] = (true, path =>
        {
            using ChannelObserver observer = ChannelObserver.Open(path);
            observer.Inspect();
            observer.Peek();
        }),
        ["send and receive"] = (true, path =>
        {
            using ByteReceiver receiver = ByteReceiver.Open(path);
            using ByteSender sender = ByteSender.Open(path);
            _ = sender.TrySend([1]);
            if (receiver.TryReceiveInPlace(out ReceivedBytes message, TimeSpan.Zero))
            {
                message.Dispose();
            }
        }),
        ["runtime directory"] = (false, _ => _ = IpcChannel.RuntimeDirectory),
    };

    private static IEnumerable<string> Members => s_members.Keys;

    private string[] Places => [Directory.Path, Surroundings.RuntimeDirectory, "/proc/self/cgroup", "/sys/fs/cgroup", "/proc/meminfo"];

    [Test]
    public void OnlyDocumentedExceptionsEscape([ValueSource(nameof(Members))] string member)
    {
        if (!SupervisedCalls.IsSupported)
        {
            Assert.Ignore("The numbers of the system calls are those of x64.");
        }

        (bool exists, Action<string> call) = s_members[member];
        Attempt(exists, () => call(ChannelPath)); // Loads what the calls need.
        int refusals = 0;
        foreach (int error in s_errors)
        {
            for (int nth = 0; ; nth++)
            {
                Prepare(exists);
                Exception? thrown = null;
                IReadOnlyList<string> calls = SupervisedCalls.Refuse(Places, nth, error, () => thrown = ExceptionOf(() => call(ChannelPath)));
                if (nth >= calls.Count)
                {
                    break;
                }

                refusals++;
                string when = $"{calls[nth]} (call {nth}) failed with error {error}";
                Assert.That(thrown, Is.Null.Or.InstanceOf<ChannelException>(), when);
                Assert.That(thrown?.Message, Is.Null.Or.Not.Empty, when);
                Assert.That(OpenFiles.Of(Environment.ProcessId), Has.None.StartsWith(Directory.Path), when);
                RequireUsable(when);
            }
        }

        TestContext.Out.WriteLine($"{member}: {refusals:N0} refusals");
        Assert.That(refusals, Is.GreaterThan(0));
    }

    /// <summary>A channel is created, and opened, with the same few system calls beside one file and beside a thousand.</summary>
    [Test]
    public void OtherFilesInTheDirectoryCostNothing()
    {
        if (!SupervisedCalls.IsSupported)
        {
            Assert.Ignore("The numbers of the system calls are those of x64.");
        }

        static void Open(string path)
        {
            using ByteReceiver receiver = ByteReceiver.Create(path);
            using ByteSender sender = ByteSender.Open(path);
        }

        IReadOnlyList<string> CallsOf(string path) => SupervisedCalls.Record(Places, () => Open(path));

        Open(Directory["first"]); // Loads what the calls need.
        IReadOnlyList<string> beside = CallsOf(Directory["second"]);
        for (int index = 0; index < 1_000; index++)
        {
            File.WriteAllText(Directory[$"other-{index}"], "");
        }

        IReadOnlyList<string> besideMany = CallsOf(Directory["third"]);
        Assert.That(besideMany, Has.None.EqualTo("getdents64"));
        Assert.That(besideMany.Count(static call => call != "read"), Is.LessThan(24), string.Join(", ", besideMany));
        Assert.That(besideMany.Where(static call => call is not "read" and not "open" and not "openat"),
            Is.EqualTo(beside.Where(static call => call is not "read" and not "open" and not "openat")));
    }

    private void Prepare(bool exists)
    {
        if (HostPlatform.Current.Segments is UnixSegmentStore store)
        {
            store.UsesUnnamedFiles = true;
        }

        foreach (string name in Directory.Names)
        {
            File.Delete(Directory[name]);
        }

        if (exists)
        {
            ByteReceiver.Create(ChannelPath, s_options).Dispose();
        }
    }

    private void Attempt(bool exists, Action call)
    {
        Prepare(exists);
        ExceptionOf(call);
    }

    private void RequireUsable(string when)
    {
        using (ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath, new IpcChannelOptions { Capacity = 4096 }))
        {
            ExpectUsable(receiver);
        }

        ByteReceiver.Replace(ChannelPath).Dispose();
        Assert.That(Directory.Names, Is.EqualTo(["channel"]), when);
    }

    private static Exception? ExceptionOf(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
