using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IpMpsc.Wire;

/// <summary>Throws on behalf of the wire helpers, so that their inlined paths stay small.</summary>
internal static class WireThrowHelper
{
    [DoesNotReturn]
    public static void ThrowPayloadTooShort(int actual, int required) =>
        throw new MessageFormatException(Invariant(
            $"A payload of {actual:N0} bytes is shorter than the {required:N0} bytes of the message's fixed block."));

    [DoesNotReturn]
    public static void ThrowRangeOutside(WireRange range, int payload, string field) =>
        throw new MessageFormatException(Invariant(
            $"Field '{field}' has {range.Length:N0} bytes at {range.Offset:N0} of a payload of {payload:N0} bytes."));

    [DoesNotReturn]
    public static void ThrowMisaligned(WireRange range, int alignment, int size, string field) =>
        throw new MessageFormatException(Invariant(
            $"Field '{field}' has {range.Length:N0} bytes at {range.Offset:N0}; its elements have {size:N0} at multiples of {alignment}."));

    [DoesNotReturn]
    public static void ThrowOverlap(WireRange range, ulong end, string field) =>
        throw new MessageFormatException(Invariant(
            $"Field '{field}' has {range.Length:N0} bytes at {range.Offset:N0}, before the end of what came before it, {end:N0}."));

    [DoesNotReturn]
    public static void ThrowWithoutVersion(int length, string field) =>
        throw new MessageFormatException(Invariant(
            $"Field '{field}' is a message of {length:N0} bytes, which does not even hold its version."));

    [DoesNotReturn]
    public static T ThrowInvalid<T>(string field, object stored) =>
        throw new MessageFormatException(Invariant($"Field '{field}' holds {stored}, which is not a valid {typeof(T).Name}."));

    [DoesNotReturn]
    public static void ThrowDestinationTooShort(int actual, int required) =>
        throw new ArgumentException(Invariant(
            $"A payload of {actual:N0} bytes cannot hold the {required:N0} bytes of the message's fixed block."));

    [DoesNotReturn]
    public static void ThrowMessageTooLong(long length) =>
        throw new ArgumentException(Invariant(
            $"The message has {length:N0} bytes, more than the {int.MaxValue:N0} that a payload can have."));

    [DoesNotReturn]
    public static void ThrowLayoutDiffers(Type type, int actual, int expected) =>
        throw new InvalidOperationException(Invariant(
            $"This runtime lays out '{type}' in {actual:N0} bytes, but its wire image has {expected:N0}."));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
