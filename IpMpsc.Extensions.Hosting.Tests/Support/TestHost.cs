using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>A host that contains only what a test adds, and whose log the test can read.</summary>
internal static class TestHost
{
    /// <summary>A host that has not been started.</summary>
    /// <param name="log">Records what is logged.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="build">Adds what the test needs.</param>
    public static IHost Build(
        ListLoggerProvider log, IEnumerable<(string Key, string? Value)> settings, Action<HostApplicationBuilder> build)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Test" });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddProvider(log);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience.Limit);
        build(builder);
        return builder.Build();
    }
}
