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

    protected ByteReceiver TheReceiver { get; private set; } = null!;

    protected List<(int Sender, int Number)> Sent => _sent;

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
    protected byte[] Message(int number, int length = 12)
    {
        byte[] message = new byte[length];
        int sender = VirtualThread.Current!.Index;
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
            Got(TheReceiver.Receive());
        }
    });

    protected void Got(ReadOnlySpan<byte> message) => _received.Add(message.ToArray());

    /// <summary>Everything that a receiver of this channel finds when the run is over.</summary>
    protected void ReceiveRest()
    {
        byte[] buffer = new byte[256];
        while (TheReceiver.TryReceive(buffer, out int length))
        {
            Got(buffer.AsSpan(0, length));
        }
    }

    protected override void Check() => CheckMessages(mayRepeat: 0);

    /// <summary>Nothing lost, doubled, reordered or torn.</summary>
    protected void CheckMessages(int mayRepeat)
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

            Require(!received.Exists(other => other.Sender == sender && other.Number > number), $"Message {number} of thread {sender} came after a later one.");
            received.Add((sender, number));
        }

        foreach ((int sender, int number) in _sent)
        {
            Require(received.Contains((sender, number)), $"Message {number} of thread {sender} was sent and is lost.");
        }
    }
}
