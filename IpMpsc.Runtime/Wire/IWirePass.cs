using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>
/// Goes through what lies behind the fixed block of a message: once to measure it, once to write it. So the two cannot differ.
/// Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWirePass
{
    /// <summary>Takes a value.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSlot">What stands for it in the fixed block.</typeparam>
    /// <typeparam name="TCodec">How it lies there.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="slot">Its slot, which is written only if the message is.</param>
    /// <param name="codec">Tells the codec.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="ArgumentException">The value cannot be encoded.</exception>
    void Put<T, TSlot, TCodec>(in T value, ref TSlot slot, TCodec codec, string field)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>;

    /// <summary>Takes room that the caller fills in place.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="count">How many elements; null for a field without a value.</param>
    /// <param name="slot">Its slot, which is written only if the message is.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    void Reserve<T>(int? count, ref WireRange slot, string field) where T : unmanaged;

    /// <summary>Takes a nested message that the caller fills in place.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <typeparam name="TSizes">Its generated <c>Sizes</c>.</typeparam>
    /// <param name="sizes">The lengths of its variable fields; null for a field without a value.</param>
    /// <param name="slot">Its slot, which is written only if the message is.</param>
    void Prepare<T, TSizes>(TSizes? sizes, ref WireRange slot)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>;

    /// <summary>Takes nested messages that the caller fills in place.</summary>
    /// <typeparam name="T">The messages.</typeparam>
    /// <typeparam name="TSizes">Their generated <c>Sizes</c>.</typeparam>
    /// <param name="sizes">The lengths of the variable fields of each; null for a field without a value.</param>
    /// <param name="slot">Its slot, which is written only if the message is.</param>
    void PrepareAll<T, TSizes>(ReadOnlyMemory<TSizes>? sizes, ref WireRange slot)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>;
}
