using System.Runtime.CompilerServices;
using IpMpsc.Layout;

namespace IpMpsc.Sending;

/// <summary>A message of a generated type, on its way into the ring.</summary>
internal readonly ref struct TypedPayload<T>(ref readonly T message) : IPayload where T : struct, IChannelMessage<T>
{
    private readonly ref readonly T _message = ref message;

    /// <summary>A fixed-size struct is its own wire image: it is copied, and a copy cannot fail.</summary>
    public static bool MayFail
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !T.IsFixedSize;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Measure() => T.IsFixedSize ? T.FixedSize : T.Measure(in _message);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Describe(int length) => RecordDescriptor.Describe(length, T.MessageId, T.SchemaVersion);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Span<byte> payload) => T.Write(in _message, payload);
}
