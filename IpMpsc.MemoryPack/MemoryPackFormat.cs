using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IpMpsc.Objects;
using MemoryPack;

namespace IpMpsc.MemoryPack;

/// <summary>Messages in the format of MemoryPack.</summary>
/// <remarks>
/// The format tag of a channel has the name of the type and a fingerprint of its members. The
/// fingerprint covers names, types and order of the members of <typeparamref name="T"/> and the cases of a union; types of members
/// count by their name. A version-tolerant type may gain members, so only its name counts.
/// </remarks>
/// <typeparam name="T">The type of the messages: any type that MemoryPack can serialize.</typeparam>
public sealed class MemoryPackFormat<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T> : IObjectSerializer<T>
{
    private readonly bool _mayRecurse = Recursion.IsPossible(typeof(T));

    private MemoryPackFormat() =>
        Format = new ByteFormat("MemoryPack", TypeNames.Of(typeof(T)), MemberFingerprint.Of(typeof(T)));

    /// <summary>The format with MemoryPack's default options.</summary>
    public static MemoryPackFormat<T> Default { get; } = new();

    /// <inheritdoc />
    public ByteFormat Format { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException">The message is null.</exception>
    /// <exception cref="MemoryPackSerializationException">MemoryPack cannot serialize the message.</exception>
    public void Serialize(in T value, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(value);
        MemoryPackSerializer.Serialize(destination, value);
    }

    /// <inheritdoc />
    /// <exception cref="MemoryPackSerializationException">The payload is not a message of this type.</exception>
    /// <exception cref="InsufficientExecutionStackException">The payload nests deeper than the stack of this thread allows.</exception>
    public T Deserialize(ReadOnlySpan<byte> payload)
    {
        T? value = default;
        int length = _mayRecurse ? DeserializeGuarded(payload, ref value) : MemoryPackSerializer.Deserialize(payload, ref value);
        if (length != payload.Length)
        {
            throw new MemoryPackSerializationException(string.Create(
                CultureInfo.InvariantCulture, $"The message ends after {length:N0} of {payload.Length:N0} bytes."));
        }

        return value ?? throw new MemoryPackSerializationException("The message is null.");
    }

    private static int DeserializeGuarded(ReadOnlySpan<byte> payload, ref T? value)
    {
        StackGuard guard = StackGuard.Take();
        try
        {
            return MemoryPackSerializer.Deserialize(guard.Hold(payload), ref value);
        }
        finally
        {
            guard.Return();
        }
    }
}
