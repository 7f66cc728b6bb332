using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.BadInput;

/// <summary>A channel that is not the one that the caller described: the error names both sides and the first difference.</summary>
public sealed class MismatchTests : ChannelFixture
{
    [Test]
    public void OtherLayoutVersion()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        words.Write(HeaderDescriptor.LayoutVersionOffset, 7u);

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelMismatchException>(
            "layout version 7", "library has 4", "same major version");
        Failure.Of(() => ByteReceiver.Replace(ChannelPath)).Expect<ChannelMismatchException>("layout version 7");

        words.Write(HeaderDescriptor.LayoutVersionOffset, HeaderDescriptor.LayoutVersion);
        ExpectUsable(receiver);
    }

    [Test]
    public void OtherWakeUp()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        bool before = WaitBackEnd.PollsWords;
        WaitBackEnd.PollsWords = true;
        try
        {
            Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelMismatchException>(
                "wake each other by", "this program by Polling", "same operating system", "IPMPSC_WAIT");
            Assert.That(IpcChannel.Inspect(ChannelPath).IsReceiverAttached, "Inspecting needs no wake-up mechanism.");
        }
        finally
        {
            WaitBackEnd.PollsWords = before;
        }

        ExpectUsable(receiver);
    }

    [Test]
    public void MadeByAnotherSystem()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        words.Write(HeaderDescriptor.WakeUpOffset, (uint)(OperatingSystem.IsWindows() ? WakeMechanism.Futex : WakeMechanism.NamedEvents));

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelMismatchException>(
            OperatingSystem.IsWindows() ? "by Futex" : "by NamedEvents", $"this program by {HostPlatform.Current.WakeMechanism}");
    }

    [Test]
    public void OtherType()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);

        Failure.Of(() => Sender<VariableProbe>.Open(ChannelPath)).Expect<ChannelMismatchException>(
            $"message {typeof(FixedProbe).FullName}", $"message {typeof(VariableProbe).FullName}");
        Failure.Of(() => ExclusiveSender<VariableProbe>.OpenOrCreate(ChannelPath)).Expect<ChannelMismatchException>();
        ExpectUsable(receiver);
    }

    [Test]
    public void OtherFields()
    {
        using Receiver<Old.Order> receiver = Receiver<Old.Order>.Create(ChannelPath);

        Failure.Of(() => Sender<New.Order>.Open(ChannelPath)).Expect<ChannelMismatchException>("Order", "create it again");
        using Sender<Old.Order> sender = Sender<Old.Order>.Open(ChannelPath);
        sender.Send(new Old.Order { Id = 1, Amount = 2 });
        Assert.That(receiver.Receive().Amount, Is.EqualTo(2));
    }

    [Test]
    public void CopyInAnotherNamespace()
    {
        using Receiver<Old.Order> receiver = Receiver<Old.Order>.Create(ChannelPath);

        Failure.Of(() => Sender<Moved.Order>.Open(ChannelPath)).Expect<ChannelMismatchException>(
            "Order id", $"this program has 'message {typeof(Moved.Order).FullName}", "class library", "[ChannelMessage(Name = ...)]");
    }

    [Test]
    public void FirstDifferentFieldIsReported()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        long schema = words.ReadInt64(HeaderDescriptor.SchemaOffset);
        byte[] text = SharedFile.ReadAllBytes(ChannelPath)[(int)schema..(int)(schema + words.ReadInt64(HeaderDescriptor.SchemaLengthOffset))];
        int at = text.AsSpan().IndexOf("Sequence i64"u8);
        Assert.That(at, Is.Positive);
        words.Write(schema + at, BitConverter.ToUInt32("Elsewhere"u8));

        Failure.Of(() => Sender<FixedProbe>.Open(ChannelPath)).Expect<ChannelMismatchException>(
            "'Elseence i64 @8'", "'Sequence i64 @8'", typeof(FixedProbe).FullName!);

        words.Write(schema + at, BitConverter.ToUInt32("Sequ"u8));
        ExpectUsable(receiver);
    }

    [Test]
    public void BytesAreNotMessages()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);

        Failure.Of(() => Sender<FixedProbe>.Open(ChannelPath)).Expect<ChannelMismatchException>(
            "raw bytes without a schema", typeof(FixedProbe).FullName!);
        ExpectUsable(receiver);
    }

    [Test]
    public void MessagesAreNotBytes()
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelMismatchException>(
            typeof(FixedProbe).FullName!, "raw bytes without a schema");
        ExpectUsable(receiver);
    }

    [Test]
    public void OtherCapacity()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });

        Failure.Of(() => ByteSender.Open(ChannelPath, new IpcChannelOptions { Capacity = 8192 })).Expect<ChannelMismatchException>(
            "4,096", "8,192", "Leave IpcChannelOptions.Capacity unset");
        using ByteSender sender = ByteSender.Open(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        Assert.That(sender.Capacity, Is.EqualTo(4096));
        ExpectUsable(receiver);
    }

    [Test]
    public void OtherSlotCount()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { MaxSenders = 3 });

        Failure.Of(() => ByteSender.Open(ChannelPath, new IpcChannelOptions { MaxSenders = 4 })).Expect<ChannelMismatchException>(
            "3 sender slots", "4", "Leave IpcChannelOptions.MaxSenders unset");
        ExpectUsable(receiver);
    }

    [Test]
    public void TruncatedFile()
    {
        ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 }).Dispose();
        using (FileStream file = File.Open(ChannelPath, FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelCorruptException>("16,383 bytes", "16,384", "Replace");
        using ByteReceiver replacing = ByteReceiver.Replace(ChannelPath);
        ExpectUsable(replacing);
    }

    private static void ExpectUsable(Receiver<FixedProbe> receiver)
    {
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(receiver.Path);
        sender.Send(FixedProbe.From(new Probe(1, 2, FixedProbe.Size)));
        Assert.That(receiver.Receive().Verify().Sequence, Is.EqualTo(2));
    }
}
