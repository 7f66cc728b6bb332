using System.Buffers.Binary;
using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;
using IpMpsc.Opening;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;

namespace Exploring.Programs;

/// <summary>
/// Senders and a receiver on one channel. Each message consists of its sender's number and its own. What was received is compared with what was sent: G1 to G4.
/// </summary>
internal abstract class RingProgram : Program
{
    protected const string Name = "/explored/ring";

    /// <summary>More turns than a thread must take in a row until they are reserved for it.</summary>
    public const int TurnsUntilReserved = 1_100;

    private readonly List<byte[]> _received = [];

    /// <summary>Two records of 32 bytes.</summary>
    protected virtual long Capacity => 64;

    protected virtual int Slots => 4;

    protected VirtualProcess ReceiverProcess { get; private set; } = null!;

    protected ByteReceiver TheReceiver { get; set; } = null!;

    protected List<(int Sender, int Number)> Sent { get; } = [];

    protected List<(int Sender, int Number)> Begun { get; } = [];

    protected virtual IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots };

    /// <summary>Creates the channel and its receiver.</summary>
    protected void Receiver()
    {
        ReceiverProcess = Process("receiver");
        TheReceiver = As(ReceiverProcess, () => Prepared(ByteReceiver.OpenOrCreate(Name, Options)));
    }

    /// <summary>Called with each receiver after it was opened.</summary>
    protected virtual ByteReceiver Prepared(ByteReceiver receiver) => receiver;

    /// <summary>A process with a sender and without a thread.</summary>
    protected (VirtualProcess Process, ByteSender Sender) Join(string name)
    {
        VirtualProcess process = Process(name);
        return (process, As(process, () => ByteSender.Open(Name, Options)));
    }

    /// <summary>Like <see cref="Join"/>, with a sender's pool of producers.</summary>
    protected (VirtualProcess Process, ProducerPool Pool) JoinByPool(string name)
    {
        VirtualProcess process = Process(name);
        return (process, As(process, () => ChannelAccess.OpenSender(Name, Options, OpenMode.OpenExisting, ExpectedSchema.Bytes)));
    }

    /// <summary>A process with a sender and a thread that uses it.</summary>
    protected VirtualProcess Sender(string name, Action<ByteSender> body)
    {
        (VirtualProcess process, ByteSender sender) = Join(name);
        Thread(name, process, () => body(sender));
        return process;
    }

    /// <summary>For a thread that polls: a sleep is a step, so that the thread that it waits for can take the next one.</summary>
    protected static void LetOthersStep() => IpMpsc.Thread.Sleep(1);

    /// <summary>Opens something that is in use now, and will be free later.</summary>
    protected static T OpenWhenFree<T>(Func<T> open)
    {
        while (true)
        {
            try
            {
                return open();
            }
            catch (ChannelInUseException)
            {
                LetOthersStep();
            }
        }
    }

    /// <summary>A message of 12 bytes, and so a record of 32.</summary>
    protected static byte[] Message(int number, int length = 12, int sender = -1)
    {
        byte[] message = new byte[length];
        sender = sender >= 0 ? sender : VirtualThread.Current!.Index;
        BinaryPrimitives.WriteInt32LittleEndian(message, sender);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), number);
        for (int index = 8; index < length; index++)
        {
            message[index] = (byte)(sender + number + index);
        }

        return message;
    }

    protected void Begin(int number) => Begun.Add((VirtualThread.Current!.Index, number));

    protected void Done(int number) => Sent.Add((VirtualThread.Current!.Index, number));

    protected void Send(ByteSender sender, int number, int length = 12)
    {
        Begin(number);
        sender.Send(Message(number, length));
        Done(number);
    }

    /// <summary>Sends the messages 1 to <paramref name="count"/>.</summary>
    protected void SendAll(ByteSender sender, int count)
    {
        for (int number = 1; number <= count; number++)
        {
            Send(sender, number);
        }
    }

    /// <summary>Takes turns of a shared sender until they are reserved for the calling thread.</summary>
    protected void ReserveTurns(ByteSender sender) => VirtualThread.Aside(() =>
    {
        for (int turn = 0; turn < TurnsUntilReserved; turn++)
        {
            sender.TryClaim(12, out ByteClaim unused);
            unused.Abort();
            TheReceiver.TryReceive(new byte[64], out _);
        }
    });

    protected void Receive(int count) => Thread("receiver", ReceiverProcess, () =>
    {
        for (int message = 0; message < count; message++)
        {
            using ReceivedBytes received = TheReceiver.ReceiveInPlace(); // A receiver that is killed before the release receives it again.
            Got(received.Payload);
        }
    });

    protected void ReceiveForEver()
    {
        while (true)
        {
            Got(TheReceiver.Receive());
        }
    }

    /// <summary>Receives until the last message of a sender has arrived.</summary>
    protected void ReceiveUntil(string sender, int last) => ReceiveUntil(Run.Threads.First(thread => thread.Name == sender).Index, last);

    protected void ReceiveUntil(int sender, int last) => Thread("receiver", ReceiverProcess, () => ReceiveUntil(TheReceiver, sender, last));

    /// <summary>A receiver that takes over when the first one has been killed, and receives up to the last message of the first thread.</summary>
    protected void Successor(int last)
    {
        int sender = Run.Threads.First(thread => thread.Process != ReceiverProcess && thread.Process.Name != "victim").Index;
        VirtualProcess process = Process("successor");
        VirtualProcess killed = ReceiverProcess;
        Thread("successor", process, () =>
        {
            Await(() => killed.IsDead, "death");
            TheReceiver = Prepared(ByteReceiver.Open(Name, Options));
            if (!_received.Exists(message => IsOf(message, sender, last)))
            {
                ReceiveUntil(TheReceiver, sender, last);
            }
        });
    }

    protected void ReceiveUntil(ByteReceiver receiver, int sender, int last)
    {
        bool isLast = false;
        while (!isLast)
        {
            using ReceivedBytes received = receiver.ReceiveInPlace();
            Got(received.Payload);
            isLast = IsOf(_received[^1], sender, last);
        }
    }

    private static bool IsOf(byte[] message, int sender, int number) =>
        BinaryPrimitives.ReadInt32LittleEndian(message) == sender && BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(4)) == number;

    protected void Got(ReadOnlySpan<byte> message) => _received.Add(message.ToArray());

    /// <summary>Receives everything that is left when the run is over.</summary>
    protected void ReceiveRest()
    {
        byte[] buffer = new byte[256];
        while (TheReceiver.TryReceive(buffer, out int length, TimeSpan.Zero))
        {
            Got(buffer.AsSpan(0, length));
        }
    }

    protected override void Check() => CheckMessages(mayRepeat: 0);

    /// <summary>The same, after the rest was received as well.</summary>
    protected void CheckWithRest(int mayRepeat = 0, bool mayReorder = false)
    {
        ReceiveRest();
        CheckMessages(mayRepeat, mayReorder);
    }

    /// <summary>The same, and the senders have unmapped everything.</summary>
    protected void CheckAfterDisposal()
    {
        CheckWithRest();
        Require(Host.VirtualStore.OpenMappings(Run) == 1, "A disposed sender has not unmapped its segment.");
    }

    /// <summary>A dead sender blocks nothing: everything that was sent is received, and then the ring is empty.</summary>
    protected void CheckAfterDeath()
    {
        CheckWithRest();
        Require(TheReceiver.NextPosition == Tail, "The receiver does not get past what a dead sender has left.");
        long gaps = ((IConsumerOwner)TheReceiver).Consumer.Recoveries;
        Require(gaps <= Run.Scheduler.Interruptions.Count, $"{Run.Scheduler.Interruptions.Count} deaths have left {gaps} gaps.");
    }

    /// <summary>The same, received by a receiver that opens the channel after the run.</summary>
    protected void CheckWithNewReceiver()
    {
        TheReceiver = ByteReceiver.OpenOrCreate(Name, Options);
        CheckWithRest();
    }

    /// <summary>Where the ring of the first file begins.</summary>
    protected static unsafe byte* Data => Host.SharedMemory.Address(0, 0) + *(long*)(Host.SharedMemory.Address(0, 0) + HeaderDescriptor.DataOffset);

    /// <summary>The header of the first file.</summary>
    protected static unsafe SegmentHeader Header => new(Host.SharedMemory.Address(0, 1));

    protected static unsafe long Tail => *(long*)(Host.SharedMemory.Address(0, 0) + HeaderDescriptor.TailOffset);

    /// <summary>Nothing is lost, duplicated, reordered or torn.</summary>
    protected void CheckMessages(int mayRepeat, bool mayReorder = false)
    {
        List<(int Sender, int Number)> received = CheckReceived(mayRepeat, mayReorder);
        foreach ((int sender, int number) in Sent)
        {
            Require(received.Contains((sender, number)), $"Message {number} of thread {sender} was sent and is lost.");
        }
    }

    /// <summary>What was received, in its order: nothing is duplicated, reordered or torn.</summary>
    protected List<(int Sender, int Number)> CheckReceived(int mayRepeat, bool mayReorder = false)
    {
        List<(int Sender, int Number)> received = [];
        foreach (byte[] message in _received)
        {
            int sender = BinaryPrimitives.ReadInt32LittleEndian(message);
            int number = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(4));
            for (int index = 8; index < message.Length; index++)
            {
                Require(message[index] == (byte)(sender + number + index), $"Message {number} of thread {sender} is torn.");
            }

            Require(Begun.Contains((sender, number)), $"Message {number} of thread {sender} was received and never sent.");
            if (received.Contains((sender, number)))
            {
                Require(mayRepeat-- > 0, $"Message {number} of thread {sender} was received twice.");
                continue;
            }

            Require(mayReorder || !received.Exists(other => other.Sender == sender && other.Number > number), $"Message {number} of thread {sender} came after a later one.");
            received.Add((sender, number));
        }

        return received;
    }
}

/// <summary>Senders die, and what they leave blocks nothing.</summary>
internal abstract class AfterDeath : RingProgram
{
    protected override void Check() => CheckAfterDeath();
}
