using Company.Weather1.Messages;
using Company.Weather1.Receiver;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(
    new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

// Readings of different sensors are handled at once, those of one sensor in order.
builder.Services.AddChannelReceiver<Reading, ReadingHandler>(
    "CHANNEL_NAME", readings => readings.KeepOrderBy(reading => reading.Sensor));

builder.Build().Run();
