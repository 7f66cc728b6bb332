namespace IpMpsc.Extensions.Hosting;

/// <summary>
/// How an application logs into a channel. The section <c>Logging:IpMpsc</c> of the configuration sets these
/// properties, beside the levels in <c>Logging:IpMpsc:LogLevel</c>.
/// </summary>
public sealed class ChannelLoggerOptions
{
    /// <summary>What happens when the channel has no room; events are dropped and counted by default.</summary>
    public LogFullAction WhenFull { get; set; }

    /// <summary>How long a call of a logger may wait for room, with <see cref="LogFullAction.Block"/>; 1 s by default.</summary>
    public TimeSpan MaxBlockTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether events include the open scopes; true by default.</summary>
    public bool IncludeScopes { get; set; } = true;

    /// <summary>What the configuration got wrong; the provider reports it.</summary>
    internal List<string> Faults { get; } = [];
}
