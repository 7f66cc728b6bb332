namespace IpMpsc.Fuzzing;

/// <summary>The generated code of a message, as the library calls it.</summary>
internal static class Wire<T> where T : struct, IChannelMessage<T>
{
    public static int Measure(in T message) => T.Measure(in message);

    public static void Write(in T message, Span<byte> payload) => T.Write(in message, payload);

    public static T Read(ReadOnlySpan<byte> payload, ushort version) => T.Read(payload, version);
}
