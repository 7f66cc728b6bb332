namespace IpMpsc.Layout;

/// <summary>What a valid stamp says about its record: the low four bits of the stamp.</summary>
internal enum RecordState
{
    Message = 1,
    Padding = 2,
    Aborted = 3,

    /// <summary>A message with a trailer: <see cref="TrailerDescriptor"/>.</summary>
    Traced = 4,
}
