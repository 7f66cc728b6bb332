using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Captures;

/// <summary>Counts messages on one thread for other threads to read.</summary>
internal sealed class MessageTally
{
    private long _messages;
    private long _bytes;

    public long Messages => Volatile.Read(ref _messages);

    public long Bytes => Volatile.Read(ref _bytes);

    public void Add(int bytes)
    {
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _messages, _messages + 1);
    }

    public override string ToString() => $"{Format.Messages(Messages)}, {Format.Bytes(Bytes)}";
}
