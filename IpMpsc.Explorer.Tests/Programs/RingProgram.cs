using System.Buffers.Binary;
using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>
/// Senders and a receiver on one channel. Each message is its sender's number and its own; what was received is compared with what was sent: G1 to G4.
/// </summary>
internal abstract class RingProgram : Program
{
    protected const string Name = "/explored/ring";

    private readonly List<byte[]> _received = [];
    private readonly List<(int Sender, int Number)> _sent = [];
    private readonly List<(int Sender, int Number)> _begun = [];

    /// <summary>Two records of 32 bytes.</summary>
    protected virtual long Capacity => 64;

    protected virtual int Slots => 4;

    protected VirtualProcess ReceiverProcess { get; private set; } = null!;

    protected ByteReceiver TheReceiver { get; set; } = null!;

    protected List<(int Sender, int Number)> Sent => _sent;

    protected List<(int Sender, int Number)> Begun => _begun;

    protected virtual IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots };

    /// <summary>Makes the channel with its receiver.</summary>
    protected void Receiver()
    {
        ReceiverProcess = Process("receiver");
        TheReceiver = As(ReceiverProcess, () => ByteReceiver.OpenOrCreate(Name, Options));
    }

    protected VirtualProcess Sender(string name, Action<ByteSender> body)
    {
        VirtualProcess process = Process(name);
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread(name, process, () => body(sender));
        return process;
    }

    /// <summary>A message of a length of 12 bytes: a record of 32.</summary>
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

    protected void Begin(int number) => _begun.Add((VirtualThread.Current!.Index, number));

    protected void Done(int number) => _sent.Add((VirtualThread.Current!.Index, number));

    protected void Send(ByteSender sender, int number, int length = 12)
    {
        Begin(number);
        sender.Send(Message(number, length));
        Done(number);
    }

    protected void Receive(int count) => Thread("receiver", ReceiverProcess, () =>
    {
        for (int message = 0; message < count; message++)
        {
            using ReceivedBytes received = TheReceiver.ReceiveInPlace(); // Who is killed before the release receives it again.
            Got(received.Payload);
        }
    });

    /// <summary>Receives until the last message of a sender is there.</summary>
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
            Hook.Await(() => killed.IsDead, Timeout.InfiniteTimeSpan, "death");
            TheReceiver = ByteReceiver.Open(Name, Options);
            if (!_received.Exists(message => IsOf(message, sender, last)))
            {
                ReceiveUntil(TheReceiver, sender, last);
            }
        });
    }

    private void ReceiveUntil(ByteReceiver receiver, int sender, int last)
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

    /// <summary>Everything that a receiver of this channel finds when the run is over.</summary>
    protected void ReceiveRest()
    {
        byte[] buffer = new byte[256];
        while (TheReceiver.TryReceive(buffer, out int length, TimeSpan.Zero))
        {
            Got(buffer.AsSpan(0, length));
        }
    }

    protected override void Check() => CheckMessages(mayRepeat: 0);

    /// <summary>A dead sender leaves nothing in the way: everything that was sent is received, and the ring is empty then.</summary>
    protected void CheckAfterDeath()
    {
        ReceiveRest();
        CheckMessages(mayRepeat: 0);
        Require(TheReceiver.NextPosition == Tail, "The receiver does not get past what a dead sender has left.");
        long gaps = ((IReceiver)TheReceiver).Consumer.Recoveries;
        Require(gaps <= Run.Interruptions.Count, $"{Run.Interruptions.Count} deaths have left {gaps} gaps.");
    }

    /// <summary>The same, received by somebody who opens the channel after the run.</summary>
    protected void CheckWithNewReceiver()
    {
        TheReceiver = ByteReceiver.OpenOrCreate(Name, Options);
        ReceiveRest();
        CheckMessages(mayRepeat: 0);
    }

    /// <summary>Where the ring of the first file begins.</summary>
    protected static unsafe byte* Data => Host.SharedMemory.Address(0, 0) + *(long*)(Host.SharedMemory.Address(0, 0) + IpMpsc.Layout.HeaderDescriptor.DataOffset);

    /// <summary>The header of the first file.</summary>
    protected static unsafe IpMpsc.Layout.SegmentHeader Header => new(Host.SharedMemory.Address(0, 1));

    protected static unsafe long Tail => *(long*)(Host.SharedMemory.Address(0, 0) + IpMpsc.Layout.HeaderDescriptor.TailOffset);

    /// <summary>Nothing lost, doubled, reordered or torn.</summary>
    protected void CheckMessages(int mayRepeat, bool mayReorder = false)
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

            Require(_begun.Contains((sender, number)), $"Message {number} of thread {sender} was received and never sent.");
            if (received.Contains((sender, number)))
            {
                Require(mayRepeat-- > 0, $"Message {number} of thread {sender} was received twice.");
                continue;
            }

            Require(mayReorder || !received.Exists(other => other.Sender == sender && other.Number > number), $"Message {number} of thread {sender} came after a later one.");
            received.Add((sender, number));
        }

        foreach ((int sender, int number) in _sent)
        {
            Require(received.Contains((sender, number)), $"Message {number} of thread {sender} was sent and is lost.");
        }
    }
}
