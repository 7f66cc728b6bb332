namespace IpMpsc.Sending;

/// <summary>Several payloads that are sent in order; see <see cref="IPayload"/>.</summary>
internal interface IPayloadBatch
{
    int Count { get; }

    /// <summary>Bytes that <see cref="Write"/> will fill for one of them.</summary>
    int Measure(int index);

    /// <summary>The second word of a record: length, message id and version.</summary>
    ulong Describe(int length);

    /// <summary>Fills the payload of one of them.</summary>
    void Write(int index, Span<byte> payload);
}
