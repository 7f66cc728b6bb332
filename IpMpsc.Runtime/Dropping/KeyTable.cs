namespace IpMpsc.Dropping;

/// <summary>Where the newest message of each key stands.</summary>
internal abstract class KeyTable
{
    /// <summary>Notes a message, which is newer than all that were noted before.</summary>
    /// <returns>Where the message stands that was the newest one of its key; -1 if there was none.</returns>
    public abstract long Note(ReadOnlySpan<byte> payload, ushort version, long position);

    /// <summary>Forgets, every now and then, the keys whose newest message was passed, so that the table stays as small as what is in the ring.</summary>
    public abstract void ForgetBefore(long cursor);

    /// <summary>Forgets all keys.</summary>
    public abstract void Clear();
}
