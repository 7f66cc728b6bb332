using System.Globalization;

namespace IpMpsc.Extensions.Hosting;

/// <summary>
/// A message could not be handled, and the options say that the host is to stop. The message is still in the channel.
/// The inner exception is what the handler threw.
/// </summary>
public sealed class HandlerFailedException : Exception
{
    internal HandlerFailedException(string channel, long position, Exception failure) : base(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The message at position {position:N0} of channel '{channel}' could not be handled: {failure.Message.TrimEnd('.', ' ')}. " +
            $"It stays in the channel and is the first one after the next start. Set Handler:OnFailure to DeadLetter to move such messages out of the way."),
        failure)
    {
        Channel = channel;
        Position = position;
    }

    /// <summary>The name under which the application knows the channel.</summary>
    public string Channel { get; }

    /// <summary>Where the message stands: bytes since the channel was created.</summary>
    public long Position { get; }
}
