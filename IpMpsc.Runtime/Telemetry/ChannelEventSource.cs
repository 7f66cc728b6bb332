using System.Diagnostics.Tracing;

namespace IpMpsc.Telemetry;

/// <summary>
/// The rare events of channels, for <c>dotnet-trace</c> and event listeners, under the name "IpMpsc". What happens
/// with each message is counted instead: see <see cref="ChannelMeter"/>.
/// </summary>
[EventSource(Name = "IpMpsc")]
internal sealed class ChannelEventSource : EventSource
{
    public static readonly ChannelEventSource Log = new();

    /// <summary>Repeats what the attribute says: without that, .NET would look for it by reflection when the first channel opens.</summary>
    private ChannelEventSource() : base("IpMpsc", EventSourceSettings.EtwManifestEventFormat)
    {
    }

    [Event(1, Level = EventLevel.Informational, Message = "{1} opened '{0}'")]
    public void Opened(string channel, string role)
    {
        if (IsEnabled())
        {
            WriteEvent(1, channel, role);
        }
    }

    [Event(2, Level = EventLevel.Informational, Message = "{1} closed '{0}'")]
    public void Closed(string channel, string role)
    {
        if (IsEnabled())
        {
            WriteEvent(2, channel, role);
        }
    }

    [Event(3, Level = EventLevel.Warning, Message = "A sender of '{0}' died: the receiver skipped its {2} bytes at position {1}")]
    public void Recovered(string channel, long position, long bytes)
    {
        if (IsEnabled())
        {
            WriteEvent(3, channel, position, bytes);
        }
    }

    [Event(4, Level = EventLevel.Error, Message = "The record of '{0}' at position {1} is corrupt")]
    public void Corrupt(string channel, long position)
    {
        if (IsEnabled())
        {
            WriteEvent(4, channel, position);
        }
    }

    [Event(5, Level = EventLevel.Informational, Message = "'{0}' was deleted or replaced")]
    public void Retired(string channel)
    {
        if (IsEnabled())
        {
            WriteEvent(5, channel);
        }
    }

    [Event(6, Level = EventLevel.Warning, Message = "A {1} of '{0}' was not disposed; the garbage collector has closed it")]
    public void Dropped(string channel, string role)
    {
        if (IsEnabled())
        {
            WriteEvent(6, channel, role);
        }
    }

    /// <summary>The system lacks something, or a filter of system calls refuses it, and a slower way is taken.</summary>
    [Event(7, Level = EventLevel.Warning, Message = "{0}")]
    public void FellBack(string shortcoming)
    {
        if (IsEnabled())
        {
            WriteEvent(7, shortcoming);
        }
    }
}
