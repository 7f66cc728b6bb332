namespace IpMpsc.Sending;

/// <summary>
/// Something that can be sent: it knows its length and writes itself into a claim. Implemented by
/// structs, so that the whole send path is compiled for each type of payload; those that own what they
/// write can wait in a <see cref="SendQueue{TPayload}"/>, the others are ref structs.
/// </summary>
internal interface IPayload
{
    /// <summary>
    /// Whether <see cref="Write"/> may throw; where it cannot, the send path needs no handler.
    /// </summary>
    static abstract bool MayFail { get; }

    /// <summary>Bytes that <see cref="Write"/> will fill.</summary>
    int Measure();

    /// <summary>The second word of the record: length, message id and version.</summary>
    ulong Describe(int length);

    /// <summary>Fills the payload, all of it.</summary>
    void Write(Span<byte> payload);
}
