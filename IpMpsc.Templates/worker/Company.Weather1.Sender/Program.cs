using Company.Weather1.Messages;
using Company.Weather1.Sender;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(
    new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

builder.Services.AddChannelSender<Reading>("CHANNEL_NAME");
builder.Services.AddHostedService<Sensor>();

builder.Build().Run();
