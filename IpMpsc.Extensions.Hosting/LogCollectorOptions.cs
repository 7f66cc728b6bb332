namespace IpMpsc.Extensions.Hosting;

/// <summary>
/// What the collector of a log channel does with the events. The section <c>IpMpsc:LogCollectors:NAME</c> of the
/// configuration sets these properties.
/// </summary>
public sealed class LogCollectorOptions
{
    /// <summary>
    /// The file to which events are added as lines of JSON; "-" is the standard output, and null, the default, writes none.
    /// </summary>
    public string? JsonFile { get; set; }

    /// <summary>Whether events go to the loggers of this application, too; true by default.</summary>
    public bool Forward { get; set; } = true;

    /// <summary>The most events that are written, and then released, at once; 256 by default.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>What the configuration got wrong; the validation reports it.</summary>
    internal List<string> Faults { get; } = [];
}
