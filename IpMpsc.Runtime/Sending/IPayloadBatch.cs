namespace IpMpsc.Sending;

/// <summary>Several payloads that are sent in order; see <see cref="IPayload"/>.</summary>
internal interface IPayloadBatch
{
    /// <summary>Whether a payload may differ from the others in length, or fail to be written.</summary>
    static abstract bool MayFail { get; }

    int Count { get; }

    /// <summary>The number of bytes that <see cref="Write"/> fills for the payload at <paramref name="index"/>.</summary>
    int Measure(int index);

    /// <summary>The second word of the record at <paramref name="index"/>: length, message id and version.</summary>
    ulong Describe(int index, int length);

    /// <summary>Fills the bytes of the payload at <paramref name="index"/>.</summary>
    void Write(int index, Span<byte> payload);
}
