namespace IpMpsc.Sending;

/// <summary>Several payloads that are sent in order; see <see cref="IPayload"/>.</summary>
internal interface IPayloadBatch
{
    int Count { get; }

    /// <summary>The number of bytes that <see cref="Write"/> fills for the payload at <paramref name="index"/>.</summary>
    int Measure(int index);

    /// <summary>The second word of the record at <paramref name="index"/>: length, message id and version.</summary>
    ulong Describe(int index, int length);

    /// <summary>Fills the bytes of the payload at <paramref name="index"/>.</summary>
    void Write(int index, Span<byte> payload);
}
