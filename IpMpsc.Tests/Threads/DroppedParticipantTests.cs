using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Threads;

/// <summary>Participants that are not disposed release everything once the garbage collector has found them.</summary>
[CancelAfter(60_000)]
public sealed class DroppedParticipantTests : ChannelFixture
{
    [Test]
    public void MoreSendersCanBeDroppedThanThereAreSlots()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { MaxSenders = 8 });
        for (byte round = 0; round < 40; round++)
        {
            SendAndDrop(ChannelPath, round);
            Assert.That(receiver.Receive(), Is.EqualTo(new[] { round }));
        }
    }

    [Test]
    public void DroppedReceiverMakesRoomForTheNext()
    {
        for (int round = 0; round < 3; round++)
        {
            OpenReceiverAndDrop(ChannelPath);
        }

        using ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath);
        ExpectUsable(receiver);
    }

    [Platform("Linux", Reason = "Looks at /proc")]
    [Test]
    public void DescriptorsAndMappingsAreGivenBack()
    {
        OpenReceiverAndDrop(ChannelPath);
        SendAndDrop(ChannelPath, 1);
        OpenRecordSenderAndDrop(ChannelPath);
        ObserveAndDrop(ChannelPath);

        Patience.Until(
            () =>
            {
                Collect();
                return !OpenFiles.Of(Environment.ProcessId).Any(path => path.StartsWith(Directory.Path, StringComparison.Ordinal))
                    && !File.ReadAllText("/proc/self/maps").Contains(Directory.Path);
            },
            "no file or mapping of the channel stays open");
    }

    /// <summary>A span of a claim that was never ended may still be written to, so its memory must stay mapped.</summary>
    [Platform("Linux", Reason = "Looks at /proc")]
    [Test]
    public unsafe void ClaimThatIsNotEndedKeepsItsMemory()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        byte* payload = ClaimAndDrop(ChannelPath);
        for (int round = 0; round < 3; round++)
        {
            Collect();
        }

        Assert.That(OpenFiles.MappingsOf(Environment.ProcessId, ChannelPath), Is.Not.Empty);
        *payload = 1;
    }

    /// <summary>A plug-in that brings its own copy of the library can be unloaded with participants that it never disposed.</summary>
    [Test]
    public void LoadContextWithTheLibraryCanBeUnloaded()
    {
        WeakReference context = UseInLoadContext(ChannelPath);

        Patience.Until(
            () =>
            {
                Collect();
                return !context.IsAlive;
            },
            "the load context is unloaded");
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
        ExpectUsable(receiver);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SendAndDrop(string path, byte content) => ByteSender.Open(path).Send([content]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenReceiverAndDrop(string path) => ByteReceiver.OpenOrCreate(path).TryReceive([], out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenRecordSenderAndDrop(string path) => RecordSender.Open(path);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ObserveAndDrop(string path) => ChannelObserver.Open(path).Inspect();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe byte* ClaimAndDrop(string path)
    {
#pragma warning disable IPM0030 // A claim that is never ended is what this test is about.
        ByteClaim claim = ByteSender.Open(path).Claim(1);
#pragma warning restore IPM0030
        return (byte*)Unsafe.AsPointer(ref claim.Payload[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseInLoadContext(string path)
    {
        AssemblyLoadContext context = new("plug-in", isCollectible: true);
        Assembly library = context.LoadFromAssemblyPath(typeof(ByteReceiver).Assembly.Location);
        Type receivers = library.GetType(typeof(ByteReceiver).FullName!)!;
        Type senders = library.GetType(typeof(ByteSender).FullName!)!;
        Assert.That(receivers, Is.Not.EqualTo(typeof(ByteReceiver)));

        receivers.GetMethod(nameof(ByteReceiver.Create))!.Invoke(null, [path, null, null]);
        object sender = senders.GetMethod(nameof(ByteSender.Open))!.Invoke(null, [path, null, null])!;
        senders.GetMethod(nameof(ByteSender.SendAsync), [typeof(ReadOnlyMemory<byte>), typeof(CancellationToken)])?
            .Invoke(sender, [new ReadOnlyMemory<byte>([1]), CancellationToken.None]);
        context.Unload();
        return new WeakReference(context);
    }
}
