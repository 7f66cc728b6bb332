using IpMpsc.Extensions.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>Sets the options of each collector from its section of the configuration, and checks them.</summary>
internal sealed class CollectorOptionsConfiguration(IConfiguration configuration)
    : IConfigureNamedOptions<LogCollectorOptions>, IValidateOptions<LogCollectorOptions>
{
    public void Configure(LogCollectorOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, LogCollectorOptions options)
    {
        string key = KeyOf(name);
        SectionReader reader = new(configuration.GetSection(key), key, options.Faults);
        options.JsonFile = reader.TryText(nameof(options.JsonFile), out string? file) ? file : options.JsonFile;
        options.Forward = reader.TryBoolean(nameof(options.Forward), out bool forward) ? forward : options.Forward;
        options.BatchSize = reader.TryInteger(nameof(options.BatchSize), out int size) ? size : options.BatchSize;
        reader.ReportUnknownKeys();
    }

    public ValidateOptionsResult Validate(string? name, LogCollectorOptions options)
    {
        List<string> faults = [.. options.Faults];
        if (options.BatchSize < 1)
        {
            faults.Add(FormattableString.Invariant($"{KeyOf(name)}:{nameof(options.BatchSize)} is {options.BatchSize}, but must be at least 1."));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string KeyOf(string? name) => $"IpMpsc:LogCollectors:{name}";
}
