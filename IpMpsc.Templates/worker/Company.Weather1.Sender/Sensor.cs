using Company.Weather1.Messages;
using IpMpsc;

namespace Company.Weather1.Sender;

/// <summary>Sends a reading at each tick. While the channel is full, it waits for room.</summary>
public sealed class Sensor(Sender<Reading> readings, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(configuration.GetValue("Sensor:Interval", TimeSpan.FromSeconds(1)));
        for (long number = 1; await timer.WaitForNextTickAsync(stoppingToken); number++)
        {
            Reading reading = new()
            {
                Sensor = configuration.GetValue("Sensor:Id", 1),
                Number = number,
                Celsius = 20 + Math.Sin(number / 10.0),
                Place = "garden",
            };
            await readings.SendAsync(reading, stoppingToken);
        }
    }
}
