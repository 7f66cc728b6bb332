namespace IpMpsc.Sending;

/// <summary>
/// What can be sent: it knows its length and writes itself into a claim. Only structs implement it, so that the
/// compiler specializes the whole send path for each type of payload.
/// </summary>
internal interface IPayload
{
    /// <summary>Whether <see cref="Write"/> may throw. If it cannot, the send path needs no handler.</summary>
    static abstract bool MayFail { get; }

    /// <summary>The number of bytes that <see cref="Write"/> fills.</summary>
    int Measure();

    /// <summary>The second word of the record: length, message id and version.</summary>
    ulong Describe(int length);

    /// <summary>Fills all bytes of <paramref name="payload"/>.</summary>
    void Write(Span<byte> payload);
}
