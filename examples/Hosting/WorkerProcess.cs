namespace IpMpsc.Examples.Hosting;

/// <summary>One of the processes that send orders. It has no console: its log is a channel.</summary>
internal static class WorkerProcess
{
    public static int Run(int number)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory, ApplicationName = $"worker-{number}" });
        builder.Logging.ClearProviders().AddIpMpsc("logs");
        builder.Services.AddChannelSender<Order>("shop-orders", options => options.ParticipantName = $"worker-{number}");
        builder.Services.AddSingleton(new WorkerNumber(number)).AddHostedService<Worker>();
        builder.Build().Run();
        return 0;
    }
}
