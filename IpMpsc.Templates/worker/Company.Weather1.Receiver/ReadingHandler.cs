using Company.Weather1.Messages;
using IpMpsc.Extensions.Hosting;

namespace Company.Weather1.Receiver;

/// <summary>Handles one reading. A reading leaves the channel when its handler has returned; if the handler throws, it is called again.</summary>
public sealed partial class ReadingHandler(ILogger<ReadingHandler> logger) : IChannelHandler<Reading>
{
    public ValueTask HandleAsync(Reading message, CancellationToken cancellationToken)
    {
        LogReading(message.Sensor, message.Number, message.Celsius, message.Place);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Sensor {Sensor}, reading {Number}: {Celsius} degrees in the {Place}")]
    private partial void LogReading(int sensor, long number, double celsius, string place);
}
