using System.Diagnostics;
using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>
/// What a sender with <see cref="IpcChannelOptions.TraceMessages"/> sent along with a message: when, and as a part of which activity.
/// </summary>
/// <param name="SentTimestamp">
/// When it was sent, on the clock of <see cref="Stopwatch.GetTimestamp"/>, which the processes of a machine share. Processes in containers with a
/// time namespace of their own may see another clock.
/// </param>
/// <param name="Context">
/// The context of the activity that was current in the sender, for <see cref="ActivitySource.StartActivity(string, ActivityKind, ActivityContext, IEnumerable{KeyValuePair{string, object?}}?, IEnumerable{ActivityLink}?, DateTimeOffset)"/>;
/// the default if there was none. The trace state is not sent.
/// </param>
public readonly record struct MessageTrace(long SentTimestamp, ActivityContext Context)
{
    /// <summary>The time since it was sent; not negative.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(SentTimestamp) is { Ticks: > 0 } age ? age : TimeSpan.Zero;

    /// <summary>Reads the copy of a trailer.</summary>
    internal static unsafe MessageTrace Read(byte[] trailer)
    {
        fixed (byte* bytes = trailer)
        {
            return Read(bytes);
        }
    }

    /// <summary>Copies a trailer that others may change.</summary>
    internal static unsafe MessageTrace Read(byte* trailer) => new(TrailerDescriptor.ReadSent(trailer), TrailerDescriptor.ReadContext(trailer));
}
