using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IpMpsc.Tests.Aot.Host;

/// <summary>A host whose channels lie in a folder of its own.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ipmpsc-aot-");
    private readonly IHost _host;

    private Application(Action<HostApplicationBuilder, string> build, string[] settings)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "Aot" });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("IpMpsc:Channels:orders:Path", (string?)Path.Join(_folder.FullName, "orders"))]);
        builder.Services.AddSingleton<Inbox>().AddScoped<Handlers.Visit>();
        build(builder, _folder.FullName);
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    public Inbox Inbox => Services.GetRequiredService<Inbox>();

    /// <summary>Builds a host and starts it.</summary>
    /// <param name="build">Adds services; its second argument is the folder.</param>
    /// <param name="settings">The configuration, as <c>KEY=VALUE</c>.</param>
    public static async Task<Application> StartAsync(Action<HostApplicationBuilder, string> build, params string[] settings)
    {
        Application application = new(build, settings);
        try
        {
            await application._host.StartAsync();
        }
        catch
        {
            application.Close();
            throw;
        }

        return application;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        Close();
    }

    private void Close()
    {
        _host.Dispose();
        _folder.Delete(recursive: true);
    }
}
