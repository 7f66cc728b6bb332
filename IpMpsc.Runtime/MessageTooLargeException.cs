using System.Globalization;
using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>A message is longer than the channel's ring takes. Nothing was sent; the sender stays usable.</summary>
public sealed class MessageTooLargeException : ChannelException
{
    internal MessageTooLargeException(string path, long length, int maxLength)
        : base(string.Create(CultureInfo.InvariantCulture, $"A message of {length:N0} bytes exceeds the {maxLength:N0} that channel '{path}' takes. {Advice(length)}"))
    {
        Length = length;
        MaxLength = maxLength;
    }

    /// <summary>Payload bytes of the message.</summary>
    public long Length { get; }

    /// <summary>Payload bytes of the largest message that the channel takes.</summary>
    public int MaxLength { get; }

    private static string Advice(long length) => RecordDescriptor.RecordSize(length) is var size and <= IpcChannelOptions.MaxCapacity
        ? string.Create(CultureInfo.InvariantCulture, $"Create it anew with a larger capacity, of {IpcChannelOptions.RoundUp(size):N0} bytes or more, or split the message.")
        : string.Create(CultureInfo.InvariantCulture, $"The largest capacity, {IpcChannelOptions.MaxCapacity:N0} bytes, is not enough for it: split the message.");
}
