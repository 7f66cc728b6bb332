namespace IpMpsc.Generators.Tests;

/// <summary>Calls the generated members as a channel does: through the interface.</summary>
internal static class Wire
{
    public static byte[] Write<T>(in T message) where T : struct, IChannelMessage<T>
    {
        // Generated code must overwrite or clear everything: a payload in the ring still has the bytes of earlier messages.
        byte[] payload = new byte[T.Measure(in message)];
        payload.AsSpan().Fill(0xCC);
        T.Write(in message, payload);
        return payload;
    }

    public static T Read<T>(ReadOnlySpan<byte> payload) where T : struct, IChannelMessage<T> =>
        T.Read(payload, T.SchemaVersion);

    public static MessageSchema Schema<T>() where T : struct, IChannelMessage<T> => T.Schema;

    public static (int Size, bool IsFixed, ushort Id) Identity<T>() where T : struct, IChannelMessage<T> =>
        (T.FixedSize, T.IsFixedSize, T.MessageId);

    public static byte[] Prepare<T, TSizes>(TSizes sizes)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        byte[] payload = new byte[TSizes.Measure(in sizes)];
        payload.AsSpan().Fill(0xCC);
        TSizes.Prepare(in sizes, payload);
        return payload;
    }
}
