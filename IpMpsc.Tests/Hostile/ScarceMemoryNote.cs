using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Hostile;

/// <summary>
/// A message whose copy fails for lack of memory, as many times as a test says. Its bytes are those of a <see cref="Note"/>.
/// </summary>
public struct ScarceMemoryNote : IChannelMessage<ScarceMemoryNote>
{
    private static int s_failures;

    public Note Note;

    /// <summary>The number of reads that still fail.</summary>
    public static int Failures
    {
        get => s_failures;
        set => s_failures = value;
    }

    static MessageSchema IChannelMessage<ScarceMemoryNote>.Schema => Generated<Note>.Schema;

    static ushort IChannelMessage<ScarceMemoryNote>.MessageId => Generated<Note>.MessageId;

    static ushort IChannelMessage<ScarceMemoryNote>.SchemaVersion => Generated<Note>.SchemaVersion;

    static int IChannelMessage<ScarceMemoryNote>.FixedSize => Generated<Note>.FixedSize;

    static bool IChannelMessage<ScarceMemoryNote>.IsFixedSize => false;

    static bool IChannelMessage<ScarceMemoryNote>.IsImage => false;

    static int IChannelMessage<ScarceMemoryNote>.PayloadAlignment => Generated<Note>.PayloadAlignment;

    static int IChannelMessage<ScarceMemoryNote>.Measure(in ScarceMemoryNote message) => Generated<Note>.Measure(message.Note);

    static void IChannelMessage<ScarceMemoryNote>.Write(in ScarceMemoryNote message, Span<byte> payload) =>
        Generated<Note>.Write(message.Note, payload);

    static ScarceMemoryNote IChannelMessage<ScarceMemoryNote>.Read(ReadOnlySpan<byte> payload, ushort version)
    {
        if (s_failures > 0)
        {
            s_failures--;
            throw new OutOfMemoryException("Array dimensions exceeded supported range.");
        }

        return new ScarceMemoryNote { Note = Generated<Note>.Read(payload, version) };
    }

    /// <summary>The generated members, which can be called only through a type parameter.</summary>
    private static class Generated<T> where T : struct, IChannelMessage<T>
    {
        public static MessageSchema Schema => T.Schema;

        public static ushort MessageId => T.MessageId;

        public static ushort SchemaVersion => T.SchemaVersion;

        public static int FixedSize => T.FixedSize;

        public static int PayloadAlignment => T.PayloadAlignment;

        public static int Measure(in T message) => T.Measure(message);

        public static void Write(in T message, Span<byte> payload) => T.Write(message, payload);

        public static T Read(ReadOnlySpan<byte> payload, ushort version) => T.Read(payload, version);
    }
}
