using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// One call of a logger, as it stands in the channel. The tool shows it without this package, also after the
/// process that logged has been killed.
/// </summary>
[ChannelMessage(Name = "IpMpsc.LogEvent")]
public partial struct LogEvent
{
    /// <summary>When it was logged: nanoseconds since 1970, UTC.</summary>
    public long TimeUnixNano;

    /// <summary>How many events the process had dropped before this one, because the channel was full.</summary>
    public long Dropped;

    /// <summary>The level.</summary>
    public LogLevel Level;

    /// <summary>The number of the event id; 0 if it has none.</summary>
    public int EventId;

    /// <summary>The process that logged.</summary>
    public int ProcessId;

    /// <summary>The managed thread that logged.</summary>
    public int ThreadId;

    /// <summary>The name of the application that logged.</summary>
    public string Application;

    /// <summary>The category of the logger.</summary>
    public string Category;

    /// <summary>The name of the event id.</summary>
    public string? EventName;

    /// <summary>The message with its values filled in.</summary>
    public string Message;

    /// <summary>The message template, with the names of the values in braces.</summary>
    public string? Template;

    /// <summary>The trace, as 32 hexadecimal digits.</summary>
    public string? TraceId;

    /// <summary>The span in the trace, as 16 hexadecimal digits.</summary>
    public string? SpanId;

    /// <summary>The exception with its stack.</summary>
    public string? Exception;

    /// <summary>The named values of the message.</summary>
    public LogField[] Fields;

    /// <summary>What the scopes say that were open, from the outermost one on.</summary>
    public LogField[] Scopes;

    /// <summary>Whether something was cut or left out, because the event was larger than the channel takes.</summary>
    public bool IsTruncated;
}
