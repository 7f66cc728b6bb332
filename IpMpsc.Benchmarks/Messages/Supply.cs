namespace IpMpsc.Benchmarks.Messages;

/// <summary>
/// Messages that are filled some time before they are sent. Copying a message right after its fields were
/// stored costs more than sending it: a processor cannot forward several small stores to one large load.
/// </summary>
internal sealed class Supply<T> where T : unmanaged, IVerified<T>
{
    /// <summary>How many messages are made at once.</summary>
    public const int Size = 64;

    private readonly T[] _messages = new T[Size];

    public Supply(int sender) => Array.Fill(_messages, T.Make(sender, 0));

    /// <summary>Messages numbered from <paramref name="first"/>, at most <see cref="Size"/>.</summary>
    public ReadOnlySpan<T> Next(long first, int count)
    {
        Span<T> messages = _messages.AsSpan(0, count);
        for (int index = 0; index < messages.Length; index++)
        {
            T.Renumber(ref messages[index], first + index);
        }

        return messages;
    }
}
