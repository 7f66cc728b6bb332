using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>Sets the options of each channel from its section of the configuration.</summary>
internal sealed class ChannelOptionsConfiguration(IConfiguration configuration) : IConfigureNamedOptions<HostedChannelOptions>
{
    /// <summary>The section that holds one section for each channel.</summary>
    public const string Root = "IpMpsc:Channels";

    public void Configure(HostedChannelOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, HostedChannelOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        SectionReader reader = new(configuration.GetSection(KeyOf(name)), KeyOf(name), options.Faults);
        ReadChannel(reader, options);
        SectionReader handler = reader.Section(nameof(options.Handler));
        ReadHandler(handler, options.Handler);
        SectionReader health = reader.Section(nameof(options.Health));
        ReadHealth(health, options.Health);
        reader.ReportUnknownKeys();
        handler.ReportUnknownKeys();
        health.ReportUnknownKeys();
    }

    /// <summary>The key of a channel's section.</summary>
    public static string KeyOf(string channel) => ConfigurationPath.Combine(Root, channel);

    private static void ReadChannel(SectionReader reader, HostedChannelOptions options)
    {
        options.Path = reader.TryText(nameof(options.Path), out string? path) ? path : options.Path;
        options.Capacity = reader.TrySize(nameof(options.Capacity), out long capacity) ? capacity : options.Capacity;
        options.MaxSenders = reader.TryInteger(nameof(options.MaxSenders), out int senders) ? senders : options.MaxSenders;
        options.ParticipantName =
            reader.TryText(nameof(options.ParticipantName), out string? participant) ? participant : options.ParticipantName;
        options.WaitStrategy =
            reader.TryWaitStrategy(nameof(options.WaitStrategy), out WaitStrategy strategy) ? strategy : options.WaitStrategy;
        options.Prefault = reader.TryBoolean(nameof(options.Prefault), out bool prefault) ? prefault : options.Prefault;
        options.DeleteOnDispose =
            reader.TryBoolean(nameof(options.DeleteOnDispose), out bool delete) ? delete : options.DeleteOnDispose;
        options.EndWithSenders = reader.TryBoolean(nameof(options.EndWithSenders), out bool end) ? end : options.EndWithSenders;
        options.FailWhenFullWithoutReceiver = reader.TryBoolean(nameof(options.FailWhenFullWithoutReceiver), out bool fail)
            ? fail
            : options.FailWhenFullWithoutReceiver;
        options.FullMode = reader.TryEnum(nameof(options.FullMode), out FullMode full) ? full : options.FullMode;
        options.TraceMessages = reader.TryBoolean(nameof(options.TraceMessages), out bool trace) ? trace : options.TraceMessages;
        options.Access = reader.TrySharing(nameof(options.Access), out ChannelSharing? sharing) ? sharing : options.Access;
        options.TrustedOwners =
            reader.TryOwners(nameof(options.TrustedOwners), out IReadOnlyList<ChannelOwner>? owners) ? owners : options.TrustedOwners;
    }

    private static void ReadHandler(SectionReader reader, ChannelHandlerOptions options)
    {
        options.Parallelism = reader.TryInteger(nameof(options.Parallelism), out int parallelism) ? parallelism : options.Parallelism;
        options.MaxHeld = reader.TryInteger(nameof(options.MaxHeld), out int held) ? held : options.MaxHeld;
        options.BatchSize = reader.TryInteger(nameof(options.BatchSize), out int batch) ? batch : options.BatchSize;
        options.DrainAtShutdown =
            reader.TryBoolean(nameof(options.DrainAtShutdown), out bool drain) ? drain : options.DrainAtShutdown;
        options.MaxAttempts = reader.TryInteger(nameof(options.MaxAttempts), out int attempts) ? attempts : options.MaxAttempts;
        options.RetryDelay = reader.TryTime(nameof(options.RetryDelay), out TimeSpan delay) ? delay : options.RetryDelay;
        options.MaxRetryDelay = reader.TryTime(nameof(options.MaxRetryDelay), out TimeSpan longest) ? longest : options.MaxRetryDelay;
        options.OnFailure = reader.TryEnum(nameof(options.OnFailure), out FailureAction action) ? action : options.OnFailure;
        options.DeadLetterPath = reader.TryText(nameof(options.DeadLetterPath), out string? dead) ? dead : options.DeadLetterPath;
        options.SkipCorrupt = reader.TryBoolean(nameof(options.SkipCorrupt), out bool skip) ? skip : options.SkipCorrupt;
    }

    private static void ReadHealth(SectionReader reader, ChannelHealthOptions options)
    {
        options.Enabled = reader.TryBoolean(nameof(options.Enabled), out bool enabled) ? enabled : options.Enabled;
        options.WithoutReceiver =
            reader.TryEnum(nameof(options.WithoutReceiver), out HealthStatus status) ? status : options.WithoutReceiver;
        options.BlockedAfter = reader.TryTime(nameof(options.BlockedAfter), out TimeSpan blocked) ? blocked : options.BlockedAfter;
        options.StalledAfter = reader.TryTime(nameof(options.StalledAfter), out TimeSpan stalled) ? stalled : options.StalledAfter;
        options.MaxDepth = reader.TryNumber(nameof(options.MaxDepth), out double depth) ? depth : options.MaxDepth;
    }
}
