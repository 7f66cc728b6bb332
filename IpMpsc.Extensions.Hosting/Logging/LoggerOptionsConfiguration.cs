using IpMpsc.Extensions.Hosting.Configuration;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Sets the options of the logger from <c>Logging:IpMpsc</c>, and checks them.</summary>
internal sealed class LoggerOptionsConfiguration(ILoggerProviderConfiguration<ChannelLoggerProvider> configuration)
    : IConfigureOptions<ChannelLoggerOptions>, IValidateOptions<ChannelLoggerOptions>
{
    public void Configure(ChannelLoggerOptions options)
    {
        SectionReader reader = new(configuration.Configuration, "Logging:IpMpsc", options.Faults);
        reader.Section("LogLevel"); // The levels stand in the same section, and the filters read them.
        options.WhenFull = reader.TryEnum(nameof(options.WhenFull), out LogFullAction action) ? action : options.WhenFull;
        options.MaxBlockTime = reader.TryTime(nameof(options.MaxBlockTime), out TimeSpan time) ? time : options.MaxBlockTime;
        options.IncludeScopes = reader.TryBoolean(nameof(options.IncludeScopes), out bool scopes) ? scopes : options.IncludeScopes;
        reader.ReportUnknownKeys();
    }

    public ValidateOptionsResult Validate(string? name, ChannelLoggerOptions options)
    {
        List<string> faults = [.. options.Faults];
        if (options.MaxBlockTime < TimeSpan.Zero && options.MaxBlockTime != Timeout.InfiniteTimeSpan)
        {
            faults.Add($"Logging:IpMpsc:{nameof(options.MaxBlockTime)} is {options.MaxBlockTime:c}, but cannot be negative.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
